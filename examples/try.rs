use waterbus::domain::*;
use waterbus::optimize::control::Control;
use waterbus::optimize::design::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = waterbus::input::read_instance(std::path::Path::new(&a[1])).unwrap_or_else(|e| panic!("{e}"));
    let t = std::time::Instant::now();
    let w = waterbus::waterway::Waterway::new(&p);
    eprintln!("waterway {:?}", t.elapsed());
    let secs: u64 = a[2].parse().unwrap();
    let limit = Limit::TimeS(secs);
    let c = Control::new(
        limit,
        Box::new(|p| {
            eprintln!(
                "{:7.1} {:10} inc {:?} bound {:?} gap {:?} {}",
                p.elapsed_s,
                p.stage,
                p.incumbent.map(|v| v.round()),
                p.bound.map(|v| v.round()),
                p.gap,
                p.note
            )
        }),
    );
    let practice = if a.len() > 6 { Practice::SeparateTrades } else { Practice::WaterBus };
    let d = design(
        &p,
        &w,
        practice,
        &PoolSize { per_terminal: a[3].parse().unwrap(), beam: a[4].parse().unwrap(), calls: a[5].parse().unwrap() },
        &SearchLimits { deadline: c.deadline(1.0), work: None, seed: 1, threads: 2 },
        &c,
    )
    .unwrap();
    eprintln!(
        "value {} bound {} gap {} rotations {} choices {} lines {}",
        d.value,
        d.bound,
        (d.bound - d.value) / d.bound,
        d.rotations,
        d.choices,
        d.lines.len()
    );
    for (l, ab) in d.lines.iter().zip(&d.aboard) {
        let f = p.fleet(l.fleet);
        eprintln!(
            "{} {} reg={} {:?} mix={} n={} f={} {:?} dwell {:?} aboard {:?}",
            p.operator(f.operator).code,
            p.class(f.class).code,
            f.registered,
            l.regime,
            l.mixed_direction,
            l.vessels,
            l.sailings,
            l.calls.iter().map(|c| p.terminal(*c).code.0.clone()).collect::<Vec<_>>(),
            l.dwell.iter().map(|d| d.0).collect::<Vec<_>>(),
            ab.iter().map(|x| x.round()).collect::<Vec<_>>()
        );
    }
    eprintln!("transfers {}", d.transfers.iter().map(|t| t.teu).sum::<f64>());
}
