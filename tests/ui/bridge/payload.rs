use onward::bridge::{Bridge, Memory};
use onward::events::Emitter;
use serde::{Deserialize, Serialize};

pub struct Plain;

#[derive(Serialize)]
pub struct Sent;

#[derive(Deserialize)]
pub struct Received;

onward::events! { ShopEvents { Sold(Plain), Counted(Sent), Priced(Received), Failed(std::io::Error) } }

fn main() {
    let shop: Emitter<ShopEvents> = Emitter::new();
    let _ = Bridge::over(Memory::new()).carry(&shop, Sold);
    let _ = Bridge::over(Memory::new()).carry(&shop, Counted);
    let _ = Bridge::over(Memory::new()).carry(&shop, Priced);
    let _ = Bridge::over(Memory::new()).carry(&shop, Failed);
    let bridge = Bridge::over(Memory::new());
    bridge.emit(Sold, &Plain);
    let _ = bridge.emit_confirmed(Priced, &Received);
}
