//! Builds take turns, so that other load on the machine disturbs all of them equally.

/// Measures every build once in each round, and starts each round with a different build. Returns the minimum of each
/// figure, because disturbances only add to it.
pub(crate) fn least<T, const N: usize>(
    all: &[T],
    rounds: usize,
    mut measure: impl FnMut(&T, usize) -> [f64; N],
) -> Vec<[f64; N]> {
    let mut least = vec![[f64::INFINITY; N]; all.len()];
    for round in 0..rounds {
        for turn in 0..all.len() {
            let at = (round + turn) % all.len();
            let figures = measure(&all[at], round);
            for (least, figure) in least[at].iter_mut().zip(figures) {
                *least = least.min(figure);
            }
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn every_round_starts_with_a_different_build_and_measures_all() {
        let mut turns = Vec::new();
        least(&["onward", "axum", "warp"], 2, |name, round| {
            turns.push((round, *name));
            []
        });
        let first = [(0, "onward"), (0, "axum"), (0, "warp")];
        let second = [(1, "axum"), (1, "warp"), (1, "onward")];
        assert_eq!(turns, [first, second].concat());
    }

    #[test]
    fn each_figure_is_the_minimum_of_its_own_rounds() {
        let figures = [[[5.0, 1.0], [4.0, 3.0]], [[9.0, 2.0], [8.0, 7.0]]];
        let all = least(&figures, 2, |of_rounds, round| of_rounds[round]);
        assert_eq!(all, [[4.0, 1.0], [8.0, 2.0]]);
    }
}
