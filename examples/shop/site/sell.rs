//! The form for selling a product, with a picture.

use super::catalog::picture_field;
use super::layout;
use super::pictures::MAX_BYTES;
use super::visitor::Member;
use super::{Visitor, site};
use crate::Shop;
use crate::error::ShopError;
use crate::product::NewProduct;
use maud::html;
use onward::http::Body;
use onward::multipart::{Multipart, TempFile};
use onward::prelude::*;
use onward::redirect;
use serde::Deserialize;

const MAX_NAME: usize = 80;

/// The fields of the form, as a browser sends them.
#[derive(Default, Deserialize)]
struct Offer {
    name: String,
    price: String,
    /// The count, which is empty if the product is made to order.
    #[serde(default)]
    stock: String,
    picture: Option<TempFile>,
}

#[derive(Deserialize)]
struct NewPicture {
    picture: TempFile,
}

/// Reads a form with a picture. The sizes of text fields and of the picture are limited, and a form that exceeds a
/// limit is not read to its end.
fn form(body: Body) -> Result<Multipart, Failure> {
    let form = Multipart::new(body)?;
    Ok(form.max_field(1024).max_file(MAX_BYTES).max_parts(10))
}

pub fn page(res: Response, visitor: &Visitor) -> Sent {
    res.send(form_page(visitor, &Offer::default(), None))
}

/// Adds a product.
pub async fn offer(
    body: Body,
    res: Response,
    visitor: &Visitor,
    shop: &Shop,
    user: &Member,
) -> Result<Sent, ShopError> {
    let mut offer: Offer = form(body)?.form().await?;
    let picture = offer.picture.take();
    let product = match offer.product() {
        Ok(product) => product,
        Err(fault) => {
            let page = form_page(visitor, &offer, Some(&fault));
            return Ok(res.send((StatusCode::UNPROCESSABLE_ENTITY, page)));
        }
    };
    // The picture is stored first, so that a rejected one does not leave a product without a picture.
    let url = match picture {
        Some(picture) => Some(shop.pictures.store(picture).await?),
        None => None,
    };
    let product = shop.store.insert_of(Some(user.id), product).await?;
    if let Some(url) = url {
        shop.store.set_picture(product.id, url).await?;
    }
    visitor.set_message(format!("You are now selling {}.", product.name))?;
    Ok(res.send(redirect(site::item(product.id))))
}

/// Replaces the picture of a product.
pub async fn set_picture(
    body: Body,
    res: Response,
    visitor: &Visitor,
    shop: &Shop,
    user: &Member,
    id: i64,
) -> Result<Sent, ShopError> {
    let product = shop.store.find(id).await?.ok_or_else(Failure::not_found)?;
    if !product.belongs_to(user.id) {
        let what = "another member sells this product";
        return Err(Failure::new(StatusCode::FORBIDDEN, what).into());
    }
    let NewPicture { picture } = form(body)?.form().await?;
    let url = shop.pictures.store(picture).await?;
    shop.store.set_picture(id, url).await?;
    if let Some(old) = product.picture {
        shop.pictures.remove(&old).await;
    }
    visitor.set_message("The picture was changed.")?;
    Ok(res.send(redirect(site::item(id))))
}

impl Offer {
    fn product(&self) -> Result<NewProduct, String> {
        if self.name.chars().count() > MAX_NAME {
            return Err(format!("A name has at most {MAX_NAME} characters."));
        }
        let price_cents = cents(&self.price).ok_or("A price is a number such as 9.50.")?;
        let stock = match self.stock.trim() {
            "" => None,
            count => Some(count.parse().map_err(|_| "A count is a number.")?),
        };
        let product = NewProduct {
            name: self.name.trim().to_owned(),
            price_cents,
            stock,
        };
        product
            .checked()
            .map_err(|error| error.status_and_message().1)
    }
}

/// Reads a price with at most two decimal places. A floating-point number could not represent it exactly.
fn cents(price: &str) -> Option<i64> {
    let (whole, part) = price.trim().split_once('.').unwrap_or((price.trim(), "00"));
    let is_number = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || !matches!(part.len(), 1 | 2) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    // `9.5` is `9.50`.
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    Some(i64::from(whole) * 100 + i64::from(part))
}

fn form_page(visitor: &Visitor, offer: &Offer, fault: Option<&str>) -> Html<String> {
    let content = html! {
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        form.box method="post" action=(site::sell()) enctype="multipart/form-data" {
            label for="name" { "Name" }
            input id="name" name="name" type="text" value=(offer.name) required maxlength=(MAX_NAME);
            label for="price" { "Price" }
            input id="price" name="price" type="text" value=(offer.price) required inputmode="decimal"
                pattern="[0-9]{1,7}([.][0-9]{1,2})?" placeholder="9.50";
            label for="stock" { "Number in stock (leave it empty if the product is made to order)" }
            input id="stock" name="stock" type="number" value=(offer.stock) min="0";
            (picture_field(false))
            button.main type="submit" { "Sell" }
        }
    };
    layout::page(visitor, "Sell a product", content)
}
