//! News: servers on loopback from which feeds are read in tests. What a test publishes is held for public,
//! and nothing else is: no test calls the internet.

use bot::feed::{Ground, is_public};
use futures::future::BoxFuture;
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What a name answers with: a whole answer, or a body without end.
#[derive(Clone, Debug)]
enum Answer {
    Whole(Vec<u8>),
    Endless,
}

#[derive(Debug, Default)]
struct Town {
    names: BTreeMap<String, SocketAddr>,
    answers: BTreeMap<String, Answer>,
    public: BTreeSet<SocketAddr>,
    met: BTreeMap<String, usize>,
    heads: Vec<String>,
}

/// Names, where they lead, and what is published there.
#[derive(Clone, Debug, Default)]
pub struct News {
    town: Arc<Mutex<Town>>,
}

impl News {
    fn town(&self) -> std::sync::MutexGuard<'_, Town> {
        self.town.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Publishes a feed of these titles, the newest first, under a name.
    pub async fn publish(&self, name: &str, titles: &[String]) {
        let items: String = titles
            .iter()
            .map(|title| {
                format!("<item><title>{title}</title><link>http://{name}/{title}</link></item>")
            })
            .collect();
        let feed = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>\
             <title>{name}の新着</title>{items}</channel></rss>"
        );
        self.answer(name, "200 OK", &feed).await;
    }

    /// Answers everybody who asks a name with a status, further headers and a body.
    pub async fn answer(&self, name: &str, head: &str, body: &str) {
        let whole = format!(
            "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        self.put(name, Answer::Whole(whole.into_bytes())).await;
    }

    /// Answers everybody who asks a name without ever coming to an end.
    pub async fn never_end(&self, name: &str) {
        self.put(name, Answer::Endless).await;
    }

    /// Lets a name lead to a place on this machine that is not public.
    pub fn lead_inside(&self, name: &str) {
        let inside = SocketAddr::from(([127, 0, 0, 1], 9));
        self.town().names.insert(name.to_owned(), inside);
    }

    /// How often a name was asked.
    #[must_use]
    pub fn met(&self, name: &str) -> usize {
        self.town().met.get(name).copied().unwrap_or_default()
    }

    /// What everybody was asked with, first to last.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        self.town().heads.clone()
    }

    async fn put(&self, name: &str, answer: Answer) {
        self.town().answers.insert(name.to_owned(), answer);
        let known = self.town().names.get(name).copied();
        if known.is_some_and(|at| self.town().public.contains(&at)) {
            return;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        self.town().names.insert(name.to_owned(), at);
        self.town().public.insert(at);
        let (news, name) = (self.clone(), name.to_owned());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(news.clone().serve(name.clone(), stream));
            }
        });
    }

    async fn serve(self, name: String, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        self.town().heads.push(head);
        *self.town().met.entry(name.clone()).or_default() += 1;
        let answer = self.town().answers.get(&name).cloned();
        // Whoever was told enough may have gone.
        match answer {
            Some(Answer::Whole(whole)) => {
                let _ = stream.write_all(&whole).await;
            }
            Some(Answer::Endless) => {
                let mut open = stream
                    .write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
                    .await
                    .is_ok();
                while open {
                    open = stream.write_all(&[b' '; 8_192]).await.is_ok();
                }
            }
            None => {}
        }
    }
}

impl Ground for News {
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        let found = self.town().names.get(&name).copied();
        Box::pin(async move {
            let at = found.ok_or(io::ErrorKind::NotFound)?;
            Ok(vec![at])
        })
    }

    fn permits(&self, at: SocketAddr) -> bool {
        self.town().public.contains(&at) || is_public(at.ip())
    }
}
