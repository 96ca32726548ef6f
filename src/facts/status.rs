//! How far evidence carries.

use crate::text::word_enum;

word_enum! {
    /// How far a piece of evidence carries.
    #[non_exhaustive]
    pub enum Status {
        /// The document states it as a fact.
        Reported = "reported",
        /// A ministry, office or the firm itself states it.
        Official = "official",
        /// Intended, announced for later, or not completed.
        Plan = "plan",
        /// Aimed at.
        Target = "target",
        /// Predicted.
        Forecast = "forecast",
        /// Somebody's judgement.
        Opinion = "opinion",
        /// Common knowledge that the curator adds as a bridge.
        InferredByCurator = "inferred-by-curator",
    }
}

impl Status {
    /// Whether a fact with this evidence is taken to hold now; plans, targets, forecasts and
    /// opinions are not.
    pub const fn is_actual(self) -> bool {
        matches!(
            self,
            Status::Reported | Status::Official | Status::InferredByCurator
        )
    }
}
