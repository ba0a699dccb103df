//! Measures connections that stay open: WebSockets, and an event for many followers.

mod client;
mod fan_out;
mod websocket;

use crate::cores::Cores;
use crate::options::{Measure, Options};
use crate::rounds;
use crate::tables::{Named, Report};
use crate::{built, contender};
use std::io;

pub(crate) fn measure(options: &Options, cores: Cores, report: &mut Report) -> io::Result<()> {
    if options.measures(Measure::WebSocket) {
        let chosen = contender::websocket().into_iter();
        let entries = built(chosen.filter(|it| options.takes(it)), |_| Ok(()));
        let turns = rounds::least(&entries, options, |entry| {
            websocket::take_turn(entry, options.seconds, cores)
        });
        report.add(vec![Named {
            place: "websocket",
            heading: "WebSocket echo: processor time of the server, µs per message:".to_owned(),
            table: rounds::table(&entries, &websocket::COLUMNS, &turns),
        }])?;
    }
    if options.measures(Measure::FanOut) {
        let chosen = contender::fan_out().into_iter();
        let entries = built(chosen.filter(|it| options.takes(it)), |_| Ok(()));
        let turns = rounds::least(&entries, options, |entry| {
            fan_out::take_turn(entry, options.seconds, cores)
        });
        report.add(vec![Named {
            place: "fan-out",
            heading: format!(
                "Server-sent events to {} followers:",
                page::number(fan_out::FOLLOWERS as f64)
            ),
            table: rounds::table(&entries, &fan_out::COLUMNS, &turns),
        }])?;
    }
    Ok(())
}
