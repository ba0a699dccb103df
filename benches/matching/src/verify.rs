//! Before the measurement, checks that every router finds the route that the table specifies.

use crate::requests::Request;
use crate::router::AnyRouter;

pub(crate) fn verify(table: &str, name: &str, router: &dyn AnyRouter, requests: &[Request]) {
    for request in requests {
        let (answer, parameters) = router.answer(request);
        let asked = format!("{name} on {table}: {} {}", request.method, request.path);
        assert_eq!(answer, request.answer, "{asked}");
        assert_eq!(parameters, request.parameters, "{asked}");
    }
}
