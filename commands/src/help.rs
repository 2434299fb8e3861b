//! `/help` ヘルプ: what one can do here, by topic. Anybody in the server may read it; it shows no
//! content of the office.

use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    keeping::petition,
    option::{Topic, TopicChoice},
    request::Request,
    text::Text,
};
use serenity::all::CreateEmbed;

/// `/help` ヘルプ
#[poise::command(slash_command)]
pub(crate) async fn help(ctx: Context<'_>, topic: Option<TopicChoice>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let (title, body) = match topic {
            None => ("help-title".to_owned(), "help-start".to_owned()),
            Some(topic) => {
                let code = topic.0.code();
                (format!("word-topic-{code}"), format!("help-{code}"))
            }
        };
        let mut words = request.say(&Text::new(body));
        if topic.is_none() {
            let place = if !request.person.is_known() && !request.person.may_set_up() {
                "help-you-unknown"
            } else if request.person.may_add() {
                "help-you-add"
            } else if request.person.may_set_up() {
                "help-you-set-up"
            } else {
                "help-you-read"
            };
            words = format!("{words}\n\n{}", request.say(&Text::new(place)));
        }
        let embed = CreateEmbed::new()
            .title(request.say(&Text::new(title)))
            .description(words);
        let reply = Reply::default().embed(embed);
        if topic.is_some_and(|topic| topic.0 == Topic::Privacy) {
            return petition::offered(&request, reply).await.map(Answer::Say);
        }
        Ok(Answer::Say(reply))
    })
    .await
}
