//! The set of methods that a route handles.

/// A set of HTTP methods, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Methods(u16);

impl Methods {
    /// Every method with a name in the grammar, in the order in which `Allow` lists them.
    pub(crate) const NAMES: [&'static str; 10] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE", "CONNECT",
    ];
    pub(crate) const NONE: Self = Self(0);
    /// All methods, including those without a name in the grammar.
    pub(crate) const ANY: Self = Self(u16::MAX);
    /// The methods of a route that does not name any. `GET` always includes `HEAD`.
    pub(crate) const GET: Self = Self(0b11);

    /// Returns the methods that `name` stands for in a route: `GET` includes `HEAD`, and `ANY` is every method.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ANY" => Some(Self::ANY),
            "GET" => Some(Self::GET),
            _ => {
                let at = Self::NAMES.iter().position(|it| *it == name)?;
                Some(Self(1 << at))
            }
        }
    }

    /// Returns the names of these methods, in the order of [`Methods::NAMES`]; all of them for `ANY`.
    pub(crate) fn names(self) -> std::vec::IntoIter<&'static str> {
        let mut names = Vec::new();
        for (at, name) in Self::NAMES.iter().enumerate() {
            if self.0 & (1 << at) != 0 {
                names.push(*name);
            }
        }
        names.into_iter()
    }

    /// Returns [`Methods::names`] as listed in `Allow`, where `GET` implies `HEAD`.
    pub(crate) fn offered(self) -> impl Iterator<Item = &'static str> {
        let get = self.covers(Self::GET);
        self.names().filter(move |name| !(get && *name == "HEAD"))
    }

    pub(crate) fn is_any(self) -> bool {
        self == Self::ANY
    }

    pub(crate) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Returns whether there is a method in both sets.
    pub(crate) fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether every method of `other` is in this set.
    pub(crate) fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the methods of this set that the `Allow` header of a path lists. `ANY` adds nothing: the header lists
    /// methods that a client can rely on, and an `ANY` route that did not match promises no method.
    pub(crate) fn allowed(self) -> Self {
        if self.is_any() { Self::NONE } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Methods;

    fn set(names: &[&str]) -> Methods {
        let sets = names.iter().map(|name| Methods::named(name).unwrap());
        sets.fold(Methods::NONE, Methods::union)
    }

    #[test]
    fn get_includes_head_but_not_the_reverse() {
        assert_eq!(set(&["GET"]), Methods::GET);
        assert_eq!(set(&["GET"]).names().collect::<Vec<_>>(), ["GET", "HEAD"]);
        assert_eq!(set(&["HEAD"]).names().collect::<Vec<_>>(), ["HEAD"]);
    }

    #[test]
    fn get_implies_head_in_allow() {
        assert_eq!(set(&["GET"]).offered().collect::<Vec<_>>(), ["GET"]);
        let both = set(&["GET", "POST"]).offered();
        assert_eq!(both.collect::<Vec<_>>(), ["GET", "POST"]);
        assert_eq!(set(&["HEAD"]).offered().collect::<Vec<_>>(), ["HEAD"]);
    }

    #[test]
    fn names_are_listed_in_one_order() {
        let names = set(&["QUERY", "DELETE", "POST"]).names();
        assert_eq!(names.collect::<Vec<_>>(), ["POST", "DELETE", "QUERY"]);
    }

    #[test]
    fn any_is_more_than_all_named_methods() {
        let named = set(&Methods::NAMES);
        assert_eq!(named.names().collect::<Vec<_>>(), Methods::NAMES);
        assert_eq!(Methods::ANY.names().collect::<Vec<_>>(), Methods::NAMES);
        assert!(Methods::ANY.covers(named) && !named.covers(Methods::ANY));
        assert!(Methods::ANY.is_any() && !named.is_any());
        assert_eq!(Methods::named("ANY"), Some(Methods::ANY));
    }

    #[test]
    fn sets_compare_as_sets() {
        let (get, post) = (set(&["GET"]), set(&["POST"]));
        let both = get.union(post);
        assert!(both.covers(get) && !get.covers(both) && get.covers(get));
        assert!(both.intersects(post) && !get.intersects(post));
        assert!(get.intersects(set(&["HEAD"])));
        assert_eq!(both.without(get), post);
        assert!(post.without(both).is_empty() && !both.is_empty());
        assert!(Methods::ANY.without(both).intersects(set(&["PUT"])));
    }

    #[test]
    fn any_without_some_is_not_any() {
        assert!(!Methods::ANY.without(Methods::GET).is_any());
    }

    #[test]
    fn only_named_methods_are_allowed() {
        assert_eq!(Methods::ANY.allowed(), Methods::NONE);
        assert_eq!(Methods::GET.allowed(), Methods::GET);
    }

    #[test]
    fn other_words_are_not_methods() {
        for word in ["get", "FETCH", "", "PROPFIND"] {
            assert_eq!(Methods::named(word), None);
        }
    }
}
