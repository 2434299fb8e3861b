//! The fuse: ends this process at a named point, as a power cut does.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
use tests::point::{Point, TARGET};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::layer::{Context, Layer};

/// Hears every named point, and ends the process at the one it is set to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fuse(Arc<Mutex<Option<Set>>>);

/// What a fuse is set to.
#[derive(Debug)]
struct Set {
    point: Point,
    /// How often the point is still to be passed, the last time included.
    left: u64,
}

impl Fuse {
    /// From now on the process ends when the point is passed for the `nth` time, the first being 1.
    /// Replaces what was set before.
    pub(crate) fn set(&self, point: Point, nth: u64) {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *set = Some(Set { point, left: nth });
    }

    fn pass(&self, name: &str) {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(set) = set.as_mut().filter(|set| set.point.name == name) else {
            return;
        };
        set.left = set.left.saturating_sub(1);
        if set.left == 0 {
            die();
        }
    }
}

impl<S: Subscriber> Layer<S> for Fuse {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == TARGET {
            event.record(&mut Passed(self));
        }
    }
}

/// Reads the name of a point from its event.
struct Passed<'a>(&'a Fuse);

impl Visit for Passed<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "point" {
            self.0.pass(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

/// Nothing is flushed, closed or said any more.
fn die() -> ! {
    // A process may always end itself, and this call does not return.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    std::process::abort()
}
