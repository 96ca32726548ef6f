fn main() {
    let origin = hanjung::facts::Origin { built_in: false, folders: vec![std::env::args().nth(1).unwrap().into()] };
    match hanjung::facts::load(&origin) {
        Ok((c, w)) => println!("{} {} {:?}", c.entities().len(), c.facts().len(), w.len()),
        Err(bad) => for d in bad.diagnostics { println!("{} {} {:?} {:?}", d.code, d.message, d.labels.iter().map(|l| bad.sources.describe(l.place)).collect::<Vec<_>>(), d.hints) },
    }
}
