use onward::events::Emitter;

onward::events! {
    LoggerEvents {
        MessageLogged(str),
    }
}

fn main() {
    let logger: Emitter<LoggerEvents> = Emitter::new();
    logger.on(MessagedLogged, |text| println!("{text}"));
    logger.emit(MessageLogged, "hello");
}
