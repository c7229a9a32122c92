//! Times, and what is said of them.

use std::time::Duration;

/// The time that so many of all lie within; `share` from 0 to 1.
pub(crate) fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small counts"
    )]
    let at = ((times.len().saturating_sub(1)) as f64 * share).round() as usize;
    times.get(at).copied().unwrap_or_default()
}

/// How often a second.
pub(crate) fn rate(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let count = count as f64;
    count / took.as_secs_f64().max(f64::EPSILON)
}

/// The middle of some ratios, with the least and the most.
pub(crate) fn middle(mut ratios: Vec<f64>) -> String {
    ratios.sort_by(f64::total_cmp);
    match ratios.as_slice() {
        [] => "nothing measured".to_owned(),
        all => format!("{:.2} (from {:.2} to {:.2})", all[all.len() / 2], all[0], all[all.len() - 1]),
    }
}

/// Milliseconds, for people.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
