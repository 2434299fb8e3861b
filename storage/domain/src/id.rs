//! Identifiers: our own ones, and Discord's beside them.
//!
//! Our own ids count from 1 within one office (`(office_id, id)` is the key of every record), so that
//! a number means nothing outside its office. Discord's ids are opaque 64-bit numbers.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }
    )*};
}

id! {
    /// One office (連携拠点); the only id that is unique over the whole database.
    OfficeId;
    /// An association (職能団体) of an office.
    AssociationId;
    /// A profession (職種) of an office.
    ProfessionId;
    /// A tier 2 circle: one channel of 二次連携 with its associations.
    CircleId;
    /// An issue (課題・アイデア). People read it as `#12`.
    IssueId;
    /// A category (カテゴリ) of an office's own list.
    CategoryId;
    /// A session (連携の場): a gathering.
    SessionId;
    /// A pair of issues whose needs meet (連携提案). People read it as 提案 3.
    MatchingId;
    /// A key person (キーパーソン) of the office.
    KeyPersonId;
    /// A draft (下書き): what waits between two steps of a person.
    DraftId;
    /// A row of the outbox.
    OutboxId;
    /// A stoppage (送信の停止): what hinders sending.
    StoppageId;
    /// An import (取込): a list of issues taken from a file.
    ImportId;
    /// A reminder (リマインダー): one message about what has come due.
    ReminderId;
    /// A review (反省会). People read it as 反省会 3.
    ReviewId;
    /// A support project (支援事業).
    ProjectId;
    /// A task (分担) of support projects; counts per office.
    TaskId;
    /// A memo (覚え書き): what somebody wants to be reminded of.
    MemoId;
    /// A feedback (フィードバック): what an association is told of its own issues.
    FeedbackId;
    /// A target (年度目標) of an office's plan.
    TargetId;
    /// A record (進捗): one entry of progress.
    RecordId;
    /// A notice (行政通知). What its issuer calls its number is another thing.
    NoticeId;
    /// A topic (話題) of notices.
    TopicId;
    /// A bulletin (通知ダイジェスト): notices as posted to one association.
    BulletinId;
    /// A feed (購読) that an office watches.
    FeedId;
    /// A fund (基金メニュー): one line of a catalogue.
    FundId;
    /// A rule (基準) as it is switched on for one association.
    RuleId;
    /// A petition (本人からの依頼): what a person asks for about their own data.
    PetitionId;
    /// A departure (サーバーからの退出) from which the bot came back.
    DepartureId;
    /// A wish that the whole office be deleted (拠点の削除).
    DeletionId;
}

macro_rules! discord_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The id as databases keep it: the same 64 bits, signed.
            #[must_use]
            pub fn to_stored(self) -> i64 {
                self.0.cast_signed()
            }

            /// The id from what a database kept.
            #[must_use]
            pub fn from_stored(stored: i64) -> Self {
                Self(stored.cast_unsigned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

discord_id! {
    /// Discord's id of a server (guild).
    ServerId;
    /// Discord's id of a channel or thread.
    ChannelId;
    /// Discord's id of a role.
    RoleId;
    /// Discord's id of a person.
    UserId;
    /// Discord's id of a message.
    MessageId;
    /// Discord's id of one interaction (a command, a button, a modal).
    InteractionId;
}
