// The clock of the office, and moving it forward.

import { get, post } from "./api.js";
import { byId, fill, h } from "./element.js";
import { openDialog } from "./modal.js";

const SHOWN = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { timeZone: "Asia/Tokyo", era: "long", year: "numeric", month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit" });
const STEPS = [
  ["1時間", 3600],
  ["1日", 86_400],
  ["1週間", 7 * 86_400],
  ["30日", 30 * 86_400],
];
/** How often the bar looks at the clock, in milliseconds. */
const TICK = 20_000;

/** Shows the clock and makes its button work; `moved` is told after a move. */
export async function startClock(moved) {
  const tick = async () => {
    try {
      draw(await get("/api/clock"));
    } catch {
      // The bar keeps the last time; whoever acts is told what is wrong.
    }
  };
  byId("advance").addEventListener("click", () => ask(moved));
  setInterval(tick, TICK);
  await tick();
}

function draw(clock) {
  const time = byId("now");
  time.setAttribute("datetime", clock.now);
  fill(time, SHOWN.format(new Date(clock.now)));
}

function ask(moved) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const move = async (seconds) => {
    try {
      draw(await post("/api/clock", { seconds }));
      close();
      moved();
    } catch (error) {
      fill(wrong, error.message);
    }
  };
  const close = openDialog(
    "時計を進める",
    "拠点の時計を先へ進めます。戻すことはできません。",
    h("p", {}, "記録の日付や、期限のあることがらは、この時計で動きます。"),
    h("div", { class: "steps" }, STEPS.map(([name, seconds]) => h("button", { class: "button secondary", type: "button", on: { click: () => move(seconds) } }, `${name}進める`))),
    wrong,
    h("div", { class: "send" }, h("button", { class: "button secondary", type: "button", on: { click: () => close() } }, "閉じる")),
  );
}
