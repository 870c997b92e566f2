//! A periodic timetable of an event network, judged from its times alone.

use crate::domain::event_network::{Activity, EventNetwork};

/// What a timetable is worth, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensionReport {
    /// What the activities last beyond their shortest durations, each by its weight.
    pub weighted_slack: i128,
    /// Rows of activities that last longer than they may, or that have an event without a time.
    pub violated: Vec<usize>,
}

/// Recomputes the duration of every activity modulo the period. Times may be any numbers; events without one violate their activities.
pub fn check_tensions(network: &EventNetwork, times: &[i64]) -> TensionReport {
    let mut report = TensionReport { weighted_slack: 0, violated: Vec::new() };
    for (row, activity) in network.activities.iter().enumerate() {
        match slack(activity, network.period, times) {
            Some(slack) => {
                report.weighted_slack += i128::from(activity.weight) * slack;
                if slack > i128::from(activity.most) - i128::from(activity.least) {
                    report.violated.push(row);
                }
            }
            None => report.violated.push(row),
        }
    }
    report
}

/// Slots beyond the shortest duration.
fn slack(activity: &Activity, period: i64, times: &[i64]) -> Option<i128> {
    let [from, to] = [activity.from, activity.to].map(|event| times.get(event.row()).map(|time| i128::from(*time)));
    (to? - from? - i128::from(activity.least)).checked_rem_euclid(i128::from(period))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(from: usize, to: usize, least: i64, most: i64, weight: i64) -> Activity {
        Activity { from: from.into(), to: to.into(), least, most, weight }
    }

    /// By hand, for a period of ten: 3 to 8 lasts 5, two beyond 3; 8 to 1 lasts 3, one beyond 12 which is 2; 8 to 3 lasts 5, six beyond
    /// minus 1, which is 9, and so beyond what it may.
    #[test]
    fn slack_is_counted_modulo_the_period() {
        let activities = vec![activity(0, 1, 3, 5, 7), activity(1, 2, 12, 13, 100), activity(1, 0, -1, 4, 1)];
        let network = EventNetwork { period: 10, events: vec![1, 2, 3], activities };
        let report = check_tensions(&network, &[3, 8, 1]);
        assert_eq!(report, TensionReport { weighted_slack: 2 * 7 + 100 + 6, violated: vec![2] });
        // any representative of a time is as good
        assert_eq!(check_tensions(&network, &[-7, 18, 100_001]), report);
    }

    #[test]
    fn an_event_without_a_time_and_huge_numbers_are_violations_not_panics() {
        let activities = vec![activity(0, 1, i64::MIN, i64::MIN, i64::MAX), activity(0, 7, 0, 9, 1)];
        let network = EventNetwork { period: 10, events: vec![1, 2], activities };
        assert_eq!(check_tensions(&network, &[i64::MAX, i64::MIN]).violated, vec![0, 1]);
        assert_eq!(check_tensions(&network, &[]).violated, vec![0, 1]);
    }
}
