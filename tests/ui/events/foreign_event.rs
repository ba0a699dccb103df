use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }
onward::events! { DoorEvents { Opened } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on(Opened, |_| println!("come in"));
    chat.emit(Opened, &());
    chat.once("MessageLogged", |text| println!("{text}"));
    let _door: Emitter<DoorEvents> = Emitter::new();
}
