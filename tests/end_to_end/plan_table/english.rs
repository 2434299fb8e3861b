//! What a coordinator with an English client reads of a table before it is stored.

use super::*;

#[tokio::test]
async fn an_english_coordinator_reads_the_preview_of_a_table() {
    world(Database::Sqlite, async |world| {
        let role = world.city.role("連携コーディネーター");
        let guild = world.city.guild;
        let id = world
            .fake
            .add_member(guild, "Kim Example", "en-GB", &[role]);
        let kim = world.fake.person(guild, id);
        let bytes = file::rows(&[
            "area,no,item,goal FY2026,progress FY2026 (as of 2026-11-30)",
            "Medicine,1-①,Hold a council,年12回,●4回開いた",
            "Medicine,1-②,Answer questions,随時,",
            "Medicine,,A line without a number,,",
        ]);
        let preview = hand_in(world, &kim, &bytes).await;
        insta::assert_snapshot!("plan_preview_english", crate::wording::read(&preview));
        let stored = press(&kim, &preview, "Record it").await;
        insta::assert_snapshot!("plan_stored_english", crate::wording::read(&stored));
    })
    .await;
}
