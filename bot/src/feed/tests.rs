//! Hostile servers over real sockets: each is refused and survived.

use super::*;
use commands::feed::{Asked, Failure, Feeds, Fetched};
use domain::feed::Fault;
use futures::future::BoxFuture;
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A feed as an office has it.
const FEED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>\
    <title>新着情報</title><item><title>通知その1</title><link>http://good.example/1</link></item>\
    </channel></rss>";

/// Names and where they lead to, one answer after the other; the last one stays. What the test's own servers
/// listen on counts as public, and nothing else on the machine does.
#[derive(Default)]
struct Names {
    answers: Mutex<BTreeMap<String, VecDeque<Vec<SocketAddr>>>>,
    public: Mutex<BTreeSet<SocketAddr>>,
}

impl Names {
    fn lead(&self, name: &str, to: &[&[SocketAddr]]) {
        let answers = to.iter().map(|at| at.to_vec()).collect();
        let mut all = self.answers.lock().expect("nobody panicked");
        all.insert(name.to_owned(), answers);
    }

    fn open(&self, at: SocketAddr) {
        self.public.lock().expect("nobody panicked").insert(at);
    }
}

impl Ground for Names {
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        let mut all = self.answers.lock().expect("nobody panicked");
        let found = all.get_mut(&name).and_then(|answers| match answers.len() {
            0 | 1 => answers.front().cloned(),
            _ => answers.pop_front(),
        });
        Box::pin(async move { found.ok_or_else(|| io::ErrorKind::NotFound.into()) })
    }

    fn permits(&self, at: SocketAddr) -> bool {
        self.public.lock().expect("nobody panicked").contains(&at) || is_public(at.ip())
    }
}

/// A server that says the same to everybody, and counts them.
struct Server {
    at: SocketAddr,
    met: Arc<AtomicUsize>,
}

impl Server {
    async fn start<F>(say: impl Fn(TcpStream, String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let met = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&met);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    match stream.read_u8().await {
                        Ok(byte) => head.push(byte),
                        Err(_) => break,
                    }
                }
                let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
                tokio::spawn(say(stream, head));
            }
        });
        Self { at, met }
    }

    /// One that answers with these headers and this body.
    async fn plain(head: &str, body: impl Into<Vec<u8>>) -> Self {
        let (head, body) = (head.to_owned(), body.into());
        Self::start(move |mut stream, _| {
            let head = format!(
                "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let whole = [head.into_bytes(), body.clone()].concat();
            async move {
                // Whoever is refused may have gone.
                let _ = stream.write_all(&whole).await;
            }
        })
        .await
    }

    fn met(&self) -> usize {
        self.met.load(Ordering::SeqCst)
    }
}

fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        whole: Duration::from_secs(5),
        bytes_max: 64 * 1024,
    }
}

fn reader(names: &Arc<Names>, limits: Limits) -> Reader {
    let ground: Arc<dyn Ground> = Arc::clone(names) as _;
    Reader::new(ground, limits).expect("a client")
}

async fn fetch(reader: &Reader, url: &str) -> Result<Fetched, Fault> {
    let asked = Asked {
        url: url.to_owned(),
        etag: None,
        last_modified: None,
    };
    let fetched = reader.fetch(&asked).await;
    fetched.map_err(|Failure { fault, .. }| fault)
}

/// The titles of what came.
fn titles(fetched: Result<Fetched, Fault>) -> Result<Vec<String>, Fault> {
    fetched.map(|fetched| match fetched {
        Fetched::Unchanged => Vec::new(),
        Fetched::Read(reading) => reading.entries.into_iter().map(|e| e.title).collect(),
    })
}

/// What a server answers with, and what becomes of it.
async fn answered(head: &str, body: impl Into<Vec<u8>>) -> Result<Vec<String>, Fault> {
    let names = Arc::new(Names::default());
    let server = Server::plain(head, body).await;
    names.open(server.at);
    names.lead("feed.example", &[&[server.at]]);
    let found = titles(fetch(&reader(&names, limits()), "http://feed.example/rss").await);
    assert_eq!(server.met(), 1);
    found
}

#[tokio::test]
async fn a_feed_is_read_and_a_place_inside_is_never_even_called() {
    let names = Arc::new(Names::default());
    let good = Server::plain("200 OK", FEED).await;
    let inside = Server::plain("200 OK", FEED).await;
    names.open(good.at);
    names.lead("good.example", &[&[good.at]]);
    // One address within, one without: only the one without is called.
    names.lead("both.example", &[&[inside.at, good.at]]);
    names.lead("inside.example", &[&[inside.at]]);
    let reader = reader(&names, limits());
    let one = Ok(vec!["通知その1".to_owned()]);
    assert_eq!(titles(fetch(&reader, "http://good.example/rss").await), one);
    assert_eq!(titles(fetch(&reader, "http://both.example/rss").await), one);
    let port = inside.at.port();
    for (url, fault) in [
        ("http://inside.example/rss".to_owned(), Fault::Inside),
        ("http://127.0.0.1/rss".to_owned(), Fault::Inside),
        ("http://[::ffff:127.0.0.1]/rss".to_owned(), Fault::Inside),
        ("http://169.254.169.254/latest".to_owned(), Fault::Inside),
        ("http://10.0.0.1/".to_owned(), Fault::Inside),
        (format!("http://127.0.0.1:{port}/rss"), Fault::Address),
        ("http://nobody.example/rss".to_owned(), Fault::Unreachable),
    ] {
        assert_eq!(titles(fetch(&reader, &url).await), Err(fault), "{url}");
    }
    assert_eq!((good.met(), inside.met()), (2, 0));
}

#[tokio::test]
async fn a_name_that_changes_its_answer_leads_nowhere_inside() {
    let names = Arc::new(Names::default());
    let good = Server::plain("200 OK", FEED).await;
    let inside = Server::plain("200 OK", FEED).await;
    names.open(good.at);
    names.lead("turning.example", &[&[good.at], &[inside.at]]);
    let reader = reader(&names, limits());
    let url = "http://turning.example/rss";
    assert!(fetch(&reader, url).await.is_ok());
    // The answer is another now, and no open connection is used again.
    assert_eq!(titles(fetch(&reader, url).await), Err(Fault::Inside));
    assert_eq!((good.met(), inside.met()), (1, 0));
}

#[tokio::test]
async fn a_redirect_is_checked_as_the_first_address_was() {
    let inside = Server::plain("200 OK", FEED).await;
    let port = inside.at.port();
    for (place, fault) in [
        ("http://127.0.0.1/rss".to_owned(), Fault::Inside),
        (format!("http://127.0.0.1:{port}/rss"), Fault::Address),
        ("http://inside.example/rss".to_owned(), Fault::Inside),
        ("http://[::1]/".to_owned(), Fault::Inside),
        ("file:///etc/passwd".to_owned(), Fault::Address),
        ("http://name:word@good.example/".to_owned(), Fault::Address),
        ("//0x7f000001/".to_owned(), Fault::Inside),
        ("/again".to_owned(), Fault::Redirects),
    ] {
        let names = Arc::new(Names::default());
        let turn = Server::plain(&format!("302 Found\r\nlocation: {place}"), "").await;
        names.open(turn.at);
        names.lead("turn.example", &[&[turn.at]]);
        names.lead("inside.example", &[&[inside.at]]);
        let found = fetch(&reader(&names, limits()), "http://turn.example/").await;
        assert_eq!(titles(found), Err(fault), "{place}");
        assert!(turn.met() <= 6);
    }
    assert_eq!(inside.met(), 0);
}

#[tokio::test]
async fn a_redirect_to_a_public_place_is_followed() {
    let names = Arc::new(Names::default());
    let good = Server::plain("200 OK", FEED).await;
    let turn = Server::plain("301 Moved\r\nlocation: http://good.example/new", "").await;
    names.open(good.at);
    names.open(turn.at);
    names.lead("good.example", &[&[good.at]]);
    names.lead("turn.example", &[&[turn.at]]);
    let found = titles(fetch(&reader(&names, limits()), "http://turn.example/").await);
    assert_eq!(found.map(|titles| titles.len()), Ok(1));
}

#[tokio::test]
async fn a_body_without_end_is_given_up_at_the_limit() {
    let names = Arc::new(Names::default());
    let endless = Server::start(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<rss version=\"2.0\"><channel>";
        let mut open = stream.write_all(head.as_bytes()).await.is_ok();
        while open {
            open = stream.write_all(&[b' '; 4_096]).await.is_ok();
        }
    })
    .await;
    names.open(endless.at);
    names.lead("endless.example", &[&[endless.at]]);
    let found = fetch(&reader(&names, limits()), "http://endless.example/").await;
    assert_eq!(titles(found), Err(Fault::Large));
}

#[tokio::test]
async fn a_body_that_drips_and_a_server_that_says_nothing_are_given_up_in_time() {
    let names = Arc::new(Names::default());
    let drip = Server::start(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
        let mut open = stream.write_all(head.as_bytes()).await.is_ok();
        let mut drop = tokio::time::interval(Duration::from_millis(50));
        while open {
            drop.tick().await;
            open = stream.write_all(b" ").await.is_ok();
        }
    })
    .await;
    let silent = Server::start(|stream, _| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    for (name, server) in [("drip.example", &drip), ("silent.example", &silent)] {
        names.open(server.at);
        names.lead(name, &[&[server.at]]);
        let short = Limits {
            whole: Duration::from_millis(400),
            ..limits()
        };
        let found = fetch(&reader(&names, short), &format!("http://{name}/")).await;
        assert_eq!(titles(found), Err(Fault::Slow), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_feed_or_a_trap_is_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">\
        <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\
        <rss version=\"2.0\"><channel><title>&c;</title></channel></rss>";
    let gzip = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x04, 0];
    let deep = format!("<rss version=\"2.0\">{}", "<a>".repeat(10_000));
    let ok = "200 OK";
    for (head, body, fault) in [
        (ok, bomb.as_bytes().to_vec(), Fault::Form),
        (ok, deep.into_bytes(), Fault::Form),
        (ok, b"<html><body>404</body></html>".to_vec(), Fault::Form),
        (ok, Vec::new(), Fault::Form),
        (
            ok,
            b"<rss version=\"2.0\">\x80\xFF\xFE\xA0</rss>".to_vec(),
            Fault::Encoding,
        ),
        (
            "200 OK\r\ncontent-encoding: gzip",
            gzip.to_vec(),
            Fault::Packed,
        ),
        (ok, gzip.to_vec(), Fault::Encoding),
        (ok, vec![b' '; 65 * 1024], Fault::Large),
        ("403 Forbidden", Vec::new(), Fault::Refused),
        ("500 Oops", Vec::new(), Fault::Refused),
        ("404 Not Found", Vec::new(), Fault::Gone),
        ("302 Found", Vec::new(), Fault::Refused),
    ] {
        let found = answered(head, body).await;
        assert_eq!(found, Err(fault), "{head}");
    }
    let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode(FEED);
    let one = Ok(vec!["通知その1".to_owned()]);
    // It says UTF-8 and is not.
    assert_eq!(answered(ok, shift_jis.into_owned()).await, one);
}

#[tokio::test]
async fn what_has_not_changed_is_not_read_again_and_who_is_busy_is_left_alone() {
    let names = Arc::new(Names::default());
    let polite = Server::start(|mut stream, head| async move {
        let same = head.contains("if-none-match: \"v1\"") && head.contains("if-modified-since: ");
        let asked =
            head.contains("accept-encoding: identity") && head.contains("user-agent: renkei/");
        let answer = match (same, asked) {
            (_, false) => "HTTP/1.1 400 Bad\r\ncontent-length: 0\r\n\r\n".to_owned(),
            (true, _) => "HTTP/1.1 304 Same\r\n\r\n".to_owned(),
            (false, _) => format!(
                "HTTP/1.1 200 OK\r\netag: \"v1\"\r\nlast-modified: yesterday\r\n\
                 content-length: {}\r\n\r\n{FEED}",
                FEED.len()
            ),
        };
        let _ = stream.write_all(answer.as_bytes()).await;
    })
    .await;
    let busy = Server::plain("503 Busy\r\nretry-after: 7200", "").await;
    for (name, server) in [("polite.example", &polite), ("busy.example", &busy)] {
        names.open(server.at);
        names.lead(name, &[&[server.at]]);
    }
    let reader = reader(&names, limits());
    let mut asked = Asked {
        url: "http://polite.example/".to_owned(),
        etag: None,
        last_modified: None,
    };
    let Ok(Fetched::Read(reading)) = reader.fetch(&asked).await else {
        panic!("it is read first");
    };
    assert_eq!(reading.etag.as_deref(), Some("\"v1\""));
    (asked.etag, asked.last_modified) = (reading.etag, reading.last_modified);
    assert!(matches!(reader.fetch(&asked).await, Ok(Fetched::Unchanged)));
    asked.url = "http://busy.example/".to_owned();
    let failure = reader.fetch(&asked).await.err();
    let busy = Failure {
        fault: Fault::Busy,
        retry_after_minutes: Some(121),
    };
    assert_eq!(failure, Some(busy));
}
