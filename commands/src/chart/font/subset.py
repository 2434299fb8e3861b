"""Makes a subset of Noto Sans JP: what Japanese Windows can write (CP932), ASCII and Latin-1, and signs."""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

def letters():
    found = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for high in list(range(0x81, 0xA0)) + list(range(0xE0, 0xFD)):
        for low in range(0x40, 0xFD):
            for codec in ("cp932", "shift_jis"):
                try:
                    found.update(map(ord, bytes([high, low]).decode(codec)))
                except UnicodeDecodeError:
                    pass
    found.update(range(0xFF61, 0xFFA0))
    found.update(map(ord, "‐‑‒–—―−〜～‖∥…‥・•●○◎◯◆◇■□▲△▼▽★☆※→←↑↓⇒✓✔⚠〓々〆ヶ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺"))
    return {l for l in found if not (0xE000 <= l <= 0xF8FF)}

source, target = sys.argv[1:]
options = subset.Options()
options.hinting = False
options.layout_features = []
options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
options.notdef_outline = True
options.glyph_names = False
options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG", "gasp"]
font = subset.load_font(source, options)
maker = subset.Subsetter(options)
maker.populate(unicodes=letters())
maker.subset(font)
subset.save_font(font, target, options)
print(len(font.getBestCmap()), "letters;", font["name"].getDebugName(5), font["head"].unitsPerEm, sorted(font.keys()))
