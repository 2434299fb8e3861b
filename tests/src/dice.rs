//! The dice: every chance of a test comes from one seed, so that it can be lived again.

/// A generator of chances (`SplitMix64`: one addition and three mixes per number, public domain).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one step. Each step has its own, because how many chances a step takes may depend on
    /// what the bot has posted by then, and later steps must not.
    #[must_use]
    pub fn of(seed: u64, step: usize) -> Self {
        let mut dice = Self(seed ^ (step as u64).wrapping_mul(0xA24B_AED4_963E_E407));
        let _warm = dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `end`.
    ///
    /// # Panics
    /// `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        assert!(end > 0, "there is nothing to choose from");
        usize::try_from(self.next() % end as u64).expect("smaller than a usize")
    }

    /// True so many times in a hundred.
    #[must_use]
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; `None` of none.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.below(of.len())].clone())
    }

    /// One of several, each as often as its weight says.
    ///
    /// # Panics
    /// No weight is above 0.
    pub fn weighed<T: Copy>(&mut self, of: &[(usize, T)]) -> T {
        let all = of.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(all);
        for (weight, one) in of {
            if left < *weight {
                return *one;
            }
            left -= weight;
        }
        unreachable!("the weights add up")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_step_fall_the_same_way() {
        let rolls = |seed, step| {
            let mut dice = Dice::of(seed, step);
            [(); 8].map(|()| dice.below(1_000))
        };
        assert_eq!(rolls(1, 2), rolls(1, 2));
        assert_ne!(rolls(1, 2), rolls(1, 3));
        assert_ne!(rolls(1, 2), rolls(2, 2));
    }
}
