use onward::events::Emitter;
use std::io;

onward::events! { ChatEvents { MessageLogged(str) } }
onward::events! { DiskEvents { WriteFuture(str), Error(io::Error) } }

async fn store(_text: &str) -> io::Result<()> {
    Ok(())
}

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on(MessageLogged, async |text| println!("{text}"));
    chat.on(MessageLogged, |text| async move { println!("{text}") });
    chat.on_async(MessageLogged, |text| println!("{text}"));
    chat.on_async(MessageLogged, |text| {
        let text = text.to_owned();
        async move { store(&text).await }
    });
    let disk: Emitter<DiskEvents> = Emitter::new();
    disk.on_async(WriteFuture, |text| {
        let text = text.to_owned();
        async move { text.len() }
    });
    disk.on_async(WriteFuture, |text| {
        let text = text.to_owned();
        async move {
            let _: u32 = text.parse()?;
            Ok(())
        }
    });
}
