//! The offices of the servers the bot is in: made when a server is first met, and set up as the
//! configuration file says.

use crate::config::{AssociationTable, Defaults, OfficeTable};
use chrono::{DateTime, Utc};
use commands::App;
use domain::{
    audience::Destination,
    id::{AssociationId, OfficeId, ProfessionId, ServerId},
    office::{Association, Office},
    setting::{Key, Settings},
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use storage::Transaction;
use tokio::sync::OnceCell;

/// Opens the office of each server once per process, before anything else is done for it.
pub(crate) struct Offices {
    app: App,
    defaults: Defaults,
    tables: HashMap<ServerId, Arc<OfficeTable>>,
    opened: Mutex<HashMap<ServerId, Arc<OnceCell<OfficeId>>>>,
}

impl Offices {
    pub(crate) fn new(app: App, defaults: Defaults, tables: Vec<OfficeTable>) -> Self {
        let tables = tables
            .into_iter()
            .map(|table| (table.server, Arc::new(table)))
            .collect();
        Self {
            app,
            defaults,
            tables,
            opened: Mutex::default(),
        }
    }

    /// The office of a server; the first call makes it when it is new, with the defaults, and lays
    /// the configuration onto it.
    pub(crate) async fn open(&self, server: ServerId) -> storage::Result<OfficeId> {
        let office = self.opened(server).await?;
        // It may have been deleted since, and begun anew by whoever asked first.
        let now = self.app.store.office(server).await?;
        if now.is_some_and(|now| now.id == office) {
            return Ok(office);
        }
        {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            if opened.get(&server).and_then(|cell| cell.get()) == Some(&office) {
                opened.remove(&server);
            }
        }
        self.opened(server).await
    }

    async fn opened(&self, server: ServerId) -> storage::Result<OfficeId> {
        let cell = {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(opened.entry(server).or_default())
        };
        cell.get_or_try_init(|| self.set_up(server)).await.copied()
    }

    /// The bot is in the server (again), or not any more.
    pub(crate) async fn mark(&self, server: ServerId, present: bool) -> storage::Result<()> {
        let Some(office) = self.app.store.office(server).await? else {
            return Ok(());
        };
        let (office, now) = (office.id, self.app.clock.now());
        self.app
            .store
            .write(move |tx| {
                Box::pin(async move {
                    if present {
                        return commands::keeping::note_return(tx, office, now).await;
                    }
                    commands::keeping::note_departure(tx, office, now).await
                })
            })
            .await
    }

    /// Marks the offices whose servers the bot is not in any more.
    pub(crate) async fn mark_absent(&self, present: &BTreeSet<ServerId>) -> storage::Result<()> {
        let known = self
            .app
            .store
            .read(|c| Box::pin(storage::office::all(c)))
            .await?;
        for (office, server) in known {
            if !present.contains(&server) {
                tracing::warn!(office.id = %office, "the bot is not in the server of an office");
                self.mark(server, false).await?;
            }
        }
        Ok(())
    }

    async fn set_up(&self, server: ServerId) -> storage::Result<OfficeId> {
        let now = self.app.clock.now();
        let defaults = self.defaults.clone();
        let table = self.tables.get(&server).cloned();
        let office = self
            .app
            .store
            .write(move |tx| {
                let (defaults, table) = (defaults.clone(), table.clone());
                Box::pin(async move {
                    let (office, created) = storage::office::ensure(tx, server, now).await?;
                    if created {
                        begin_with(tx, office, &defaults).await?;
                    }
                    commands::keeping::note_return(tx, office, now).await?;
                    storage::office::release_fixed(tx, office).await?;
                    let accepted = table.as_ref().map(|table| table.accepted.clone());
                    accept(tx, office, &accepted.unwrap_or_default(), now).await?;
                    if let Some(table) = table {
                        lay(tx, office, &table, now).await?;
                    }
                    Ok(office)
                })
            })
            .await?;
        tracing::info!(office.id = %office, "an office is open");
        Ok(office)
    }
}

/// Gives a new office the defaults of the configuration.
async fn begin_with(
    tx: &mut Transaction,
    office: OfficeId,
    defaults: &Defaults,
) -> storage::Result<()> {
    let settings = Settings {
        locale: defaults.locale,
        time_zone: defaults.time_zone,
        fiscal_year_start: defaults.fiscal_year_start,
        ..Settings::default()
    };
    let usual = Settings::default();
    for key in [Key::Locale, Key::TimeZone, Key::FiscalYearStart] {
        let value = settings.stored(key);
        if value != usual.stored(key) {
            storage::office::set_setting(tx, office, key, &value, false).await?;
        }
    }
    Ok(())
}

/// Accepts whom the file accepts, no longer those it has stopped to name, and notes both.
async fn accept(
    tx: &mut Transaction,
    office: OfficeId,
    ids: &BTreeSet<u64>,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let laid = storage::acceptance::lay(tx, office, ids, now).await?;
    let accepted = laid.accepted.iter().map(|id| ("office.accept", id));
    let withdrawn = laid.withdrawn.iter().map(|id| ("office.unaccept", id));
    for (act, id) in accepted.chain(withdrawn) {
        let entry = storage::audit::Entry {
            at: now,
            who: storage::audit::CONFIGURATION,
            act,
            subject: None,
            details: &[("id", &id.to_string())],
        };
        storage::audit::append(tx, office, &entry).await?;
    }
    Ok(())
}

/// Lays a table of the configuration onto an office.
async fn lay(
    tx: &mut Transaction,
    office: OfficeId,
    table: &OfficeTable,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for (of, channel) in &table.channels {
        storage::office::set_channel(tx, office, *of, Some(*channel), true).await?;
    }
    for (capacity, role) in &table.roles {
        storage::office::set_role(tx, office, *capacity, Some(*role), true).await?;
    }
    let Some(known) = storage::office::load(tx, office).await? else {
        return Ok(());
    };
    let mut associations: HashMap<String, AssociationId> = HashMap::new();
    let mut professions: HashMap<String, ProfessionId> = HashMap::new();
    for association in &table.associations {
        let id = lay_association(tx, &known, association, &mut professions).await?;
        associations.insert(fold(&association.name), id);
    }
    for circle in &table.circles {
        let members = circle
            .associations
            .iter()
            .filter_map(|name| associations.get(&fold(name)))
            .copied();
        let before = known
            .circles
            .iter()
            .find(|known| known.channel == circle.channel);
        let put =
            storage::circle::put(tx, office, circle.channel, &members.collect(), true).await?;
        if let Some(before) = before.filter(|before| before.id != put) {
            // What hindered it hinders nobody any more.
            storage::stoppage::mend(tx, office, Destination::Tier2(before.id), now).await?;
        }
    }
    Ok(())
}

async fn lay_association(
    tx: &mut Transaction,
    known: &Office,
    table: &AssociationTable,
    professions: &mut HashMap<String, ProfessionId>,
) -> storage::Result<AssociationId> {
    let mut speaks_for = Vec::new();
    for name in &table.professions {
        let id = match (known.profession_named(name), professions.get(&fold(name))) {
            (Some(profession), _) => profession.id,
            (None, Some(id)) => *id,
            (None, None) => {
                let id = storage::profession::put(tx, known.id, name, &[]).await?;
                professions.insert(fold(name), id);
                id
            }
        };
        speaks_for.push(id);
    }
    let before = known.association_named(&table.name);
    let association = Association {
        id: before.map_or(AssociationId(0), |association| association.id),
        name: table.name.clone(),
        professions: speaks_for,
        scopes: table.scopes.clone(),
        channel: table.channel,
        feedback: table.feedback,
        officers: table.officers,
        contacts: table.contacts,
        members: table.members,
        talk: table.talk,
        fixed: true,
    };
    storage::association::put(tx, known.id, &association).await
}

fn fold(name: &str) -> String {
    domain::text::fold(name.trim())
}
