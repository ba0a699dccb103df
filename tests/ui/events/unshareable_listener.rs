use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    let count = std::cell::Cell::new(0);
    chat.on(MessageLogged, move |_| count.set(count.get() + 1));
    let rc = std::rc::Rc::new(());
    chat.once(MessageLogged, move |_| println!("{rc:?}"));
}
