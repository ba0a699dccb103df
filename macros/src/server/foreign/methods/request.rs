//! Methods of requests, and of their headers, URLs and bodies.

use super::Table;

pub(in super::super) const METHODS: &str = "accepts at body client_addr complete delete forward get header hostname json multipart \
    patch post put raw_headers take_body with_method cookie text file form_data";

pub(super) const FIELDS: &str = "method url version headers body socket";

/// The methods of [`onward::http::Headers`] and of the map that it dereferences to.
pub(super) const HEADER_METHODS: &str = "get contains_key get_all iter keys values len is_empty get_mut insert append \
    remove entry try_insert try_append keys_len capacity drain into_iter";

/// The methods of [`onward::http::Url`].
pub(super) const URL_METHODS: &str =
    "path query query_string query_or query_rest query_as original to_string eq ne";

/// The methods of `str` that the help calls on the path.
pub(super) const URL_TEXT: &str = "contains starts_with ends_with strip_prefix strip_suffix split split_once trim \
    trim_start_matches trim_end_matches replace to_lowercase to_uppercase matches find len as_str is_empty";

/// The methods of [`onward::http::Body`] and of the traits that it implements, and those that
/// `check/habits` reports.
pub(super) const BODY_METHODS: &str = "limit next trailers bytes text json form data stream frame collect boxed poll_frame \
    is_end_stream size_hint map_err map_frame into_data_stream";

/// The methods of `str` that the help calls on the text of the body.
pub(super) const BODY_TEXT: &str = "len is_empty contains starts_with ends_with split lines trim chars parse as_str as_bytes \
    replace to_lowercase to_uppercase";

pub(super) const BODY: Table = &[
    (
        "to_string to_str into_string string as_string body_string read_to_string read_to_str utf8 decode",
        TEXT,
    ),
    (
        "get get_str name field value fields keys values into_json as_json to_json parse_json read_json deserialize \
      into_inner json_value",
        JSON,
    ),
    ("into_form as_form to_form parse_form read_form", FORM),
    (
        "to_vec into_bytes to_bytes read_all buffer read_to_end aggregate concat data",
        BYTES,
    ),
    ("chunks chunk for_each read next_chunk recv", CHUNKS),
];

const PARAMETER: &str = "use the variable `$id`, which a parameter in the path of the route declares: `\"/{$id}\"` or `\"/{$id: Type}\"`";
const QUERY: &str = "use `$it.url.query::<Type>($key)?`, or declare the parameter in the path of the route: `\"/path?{$id: Type}\"`";
const QUERIES: &str = "use `$it.url.query::<Vec<String>>($key)?` for all values of one parameter";
const ALL: &str = "use `$it.url.query_as::<Type>()?` for all parameters, or `$it.url.query::<Type>(\"name\")?` for one";
const DEFAULT: &str = "use `$it.url.query::<Option<Type>>($key)?.unwrap_or($2)`, or declare the parameter in the path of the route: `\"/path?{$id: Type = $2}\"`";
const JSON: &str = "use `$it.body.json::<Type>().await?`, or declare the body in the route: `route!(POST \"/path\" (Json(value): Json<Type>) => …)`";
const FORM: &str = "use `$it.body.form::<Type>().await?`, or declare the body in the route: `route!(POST \"/path\" (Form(form): Form<Type>) => …)`";
const FILES: &str = "use `onward::multipart::Multipart::new($it.body)?.form::<Type>().await?` (feature `multipart`)";
const TEXT: &str = "use `$it.body.text().await?`";
const BYTES: &str = "use `$it.body.bytes().await?`";
const CHUNKS: &str =
    "use `let mut body = $it.body;` and `while let Some(chunk) = body.next().await? { … }`";
const HEADER: &str = "use `$it.headers.get($key)`";
const ONE_HEADER: &str = "use `$it.headers.get(\"$header\")`";
const HAS_HEADER: &str = "use `$it.headers.contains_key($key)`";
const AUTHORIZATION: &str =
    "use `$it.headers.get(\"authorization\").and_then(|it| it.to_str().ok())`";
const COOKIES: &str = "use `onward::cookies(&$it, &mut $res).get($key)` (feature `cookies`)";
const SESSION: &str = "use `sessions.open::<Type>(&$it, &mut $res).await?` (feature `sessions`), or `onward::cookies` (feature `cookies`)";
const USER: &str =
    "use a variable: `let user = authenticate(&$it).await?;` above the routes that need it";
const STATE: &str =
    "add the state as an argument: `async fn $function($it: Request, $res: Response, db: Db)`";
const VARIABLE: &str = "use a variable: `let user = …;` in a statement above the routes that need it; for state, an argument: `async fn $function($it: Request, $res: Response, db: Db)`";
const BIND: &str = "use `let $target: Type = $it.body.json().await?;`, or declare the body in the route: `route!(POST \"/path\" (Json($target): Json<Type>) => …)`";
const BIND_FORM: &str = "use `let $target: Type = $it.body.form().await?;`, or declare the body in the route: `route!(POST \"/path\" (Form($target): Form<Type>) => …)`";
const BIND_QUERY: &str = "use `let $target: Type = $it.url.query_as()?;`, or declare the parameters in the path of the route: `\"/path?{page: u32 = 1}\"`";
const ADDRESS: &str = "use `$it.client_addr()`, or `$it.socket.remote_addr` for the address of the connection, which may be a proxy";
const HOST: &str = "use `$it.hostname()`";
const PATH: &str = "use `$it.url.path()`";
const URL: &str = "use `$it.url`, or `$it.url.to_string()` for text such as `/path?page=2`";
const TYPE: &str =
    "use `$it.headers.get(\"content-type\").is_some_and(|it| it == \"application/json\")`";
const ACCEPTS: &str = "use `$it.accepts(&[\"text/html\", \"application/json\"])`";
const PROTOCOL: &str =
    "use `$it.socket`, or `$it.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header";
const VALID: &str =
    "use an `if` to check the value, and `return Err(Error::bad_request(\"text\"))`";

pub(super) const TABLE: Table = &[
    (
        "param params path_param path_params route_param route_params path_variable path_variables path_parameter \
      path_parameters path_value match_info capture captures var vars url_param url_params segment segments \
      view_args raw_path_params named_param pathparams path_value route_values",
        PARAMETER,
    ),
    (
        "queries query_array query_all query_list all_queries query_params_multi getlist get_list get_query_array \
      query_values query_args query_multi",
        QUERIES,
    ),
    (
        "default_query query_or query_default query_or_default query_with_default",
        DEFAULT,
    ),
    (
        "query_as query_map query_struct query_pairs query_params query_parameters parse_query queries_as \
      search_params url_params_all args query_dict parameter_map request_params \
      all only except values parameters request_parameters query_parameters safe merge",
        ALL,
    ),
    (
        "bind_query should_bind_query query_parser must_bind_query",
        BIND_QUERY,
    ),
    (
        "query query_param query_parameter query_value arg search_param parameter input_query get_query args_get \
      query_get boolean integer float date enum missing filled has_input",
        QUERY,
    ),
    (
        "query_string raw_query querystring search",
        "use `$it.url.query_string()`",
    ),
    (
        "bind_json should_bind_json must_bind_json bind should_bind must_bind bind_body body_parser bind_with \
      should_bind_with should_bind_body_with decode unmarshal read_json read_entity should_bind_with_json bind_and_validate",
        BIND,
    ),
    (
        "should_bind_form bind_form must_bind_form should_bind_uri bind_multipart",
        BIND_FORM,
    ),
    (
        "json body_json json_body decode_json deserialize payload get_payload \
      json_value body_as parse_body_json read_body_as into_json request_json validated_json",
        JSON,
    ),
    (
        "form parse_body form_data form_params body_form form_value form_values post_form default_post_form url_encoded \
      urlencoded parse_form post_params post_data input all_input form_body posted",
        FORM,
    ),
    (
        "multipart file files upload uploads form_file save_file multipart_form multipart_reader uploaded_file \
      uploaded_files saved_files part parts attachment blob",
        FILES,
    ),
    (
        "text body_text text_body body_string body_as_string string body_as_text body_str into_string raw_text",
        TEXT,
    ),
    (
        "bytes body_bytes raw_body bytes_body array_buffer buffer body_raw body_buffer data raw into_bytes to_bytes \
      body_data get_data content",
        BYTES,
    ),
    (
        "stream body_stream chunks into_stream body_reader reader data_stream pipe into_body body_mut chunk next_chunk \
      incoming request_stream read readline read_line iter receive read_chunk pause resume set_encoding input_stream",
        CHUNKS,
    ),
    (
        "header get_header header_value headers get_headers header_str header_text field http_header \
      header_field get_header_value typed_header environ env_header meta server_variables forwarded script_name",
        HEADER,
    ),
    ("has_header contains_header header_exists has", HAS_HEADER),
    (
        "header_map all_headers header_dict",
        "use `$it.headers`, which is a map",
    ),
    (
        "bearer bearer_token bearer_auth token authorization auth auth_header basic_auth credentials auth_token \
      access_token api_key",
        AUTHORIZATION,
    ),
    (
        "user_agent referer origin content_length content_type accept_encoding accept_language if_none_match \
      if_modified_since content_encoding etag range x_request_id cache_control",
        ONE_HEADER,
    ),
    ("referrer", "use `$it.headers.get(\"referer\")`"),
    (
        "cookie cookies cookie_jar signed_cookie signed_cookies private_cookie get_cookies jar",
        COOKIES,
    ),
    (
        "session sessions flash session_get session_data flash_messages csrf_token old reset_session",
        SESSION,
    ),
    ("csrf verify_csrf", "use `onward::csrf(&$it)?`"),
    (
        "user current_user identity claims principal auth_user logged_in is_authenticated authenticated authenticate \
      authorize is_logged_in get_user user_id login logout scope roles",
        USER,
    ),
    (
        "state app_data app data_ref context ctx container service services inject resolve provider rocket app_state \
      config db database pool store local_cache env current_app server plugins pre request_services di get_context",
        STATE,
    ),
    (
        "extensions extension extensions_mut insert_extension set_extension local locals attributes attribute depot \
      set_attribute insert replace_extension must_get get_int get_bool get_string get_i64 items decorate get_decorator",
        VARIABLE,
    ),
    (
        "ip ips peer_addr remote_addr client_ip real_ip remote_ip client_address peer remote_address realip \
      connection_info conn_info socket_addr peer_address remote addr connect_info remote_host",
        ADDRESS,
    ),
    (
        "connection conn transport get_extra_info server_port get_port port",
        "use `$it.socket`",
    ),
    (
        "host hostname server_name domain authority subdomains",
        HOST,
    ),
    (
        "path pathname path_info request_path url_path route route_path matched_path match_pattern match_name route_name \
      endpoint request_uri_path handler handler_name blueprint",
        PATH,
    ),
    (
        "original_url base_url original_uri full_original_url original_fullpath",
        "use `$it.url.original()`",
    ),
    (
        "uri url full_url href absolute_url request_uri target raw_url full_path fullpath",
        URL,
    ),
    (
        "is is_json is_form is_html is_multipart mime mime_type media_type content_is has_content_type mimetype",
        TYPE,
    ),
    (
        "accept accepts accepts_html accepts_json wants_json prefers negotiate wants preferred_type accepted \
      accepts_type accepted_types format respond_to variant",
        ACCEPTS,
    ),
    (
        "accepts_language accepts_languages languages language locale accepts_charsets accepts_charset accepts_encoding \
      accepts_encodings",
        "use `$it.headers.get(\"accept-language\")`, or another header",
    ),
    (
        "protocol scheme secure is_secure is_https https tls ssl is_tls",
        PROTOCOL,
    ),
    ("http_version proto get_version", "use `$it.version`"),
    (
        "verb method_name http_method is_method is_get is_post method_str get_method request_method method_mut",
        "use `$it.method`, as in `$it.method == Method::POST`",
    ),
    (
        "valid validate validated validator validation_errors is_valid",
        VALID,
    ),
    (
        "xhr is_xhr is_ajax ajax is_htmx pjax",
        "use `$it.headers.get(\"x-requested-with\")`, and compare the value",
    ),
    (
        "fresh stale is_fresh",
        "use `onward::etag(&$it, &mut $res)`, which responds with a 304 if the client's copy is current",
    ),
    (
        "abort fail error throw reject deny halt destroy close abort_with_status release",
        "use `return Err(Error::new(StatusCode::BAD_REQUEST, \"text\"))`",
    ),
    (
        "next",
        "remove it; the code after a statement runs anyway, unless the statement returns",
    ),
    (
        "extract extract_parts from_request guard guards",
        "use the part where it is needed, as in `$it.headers.get(name)`, or declare it in the route: `\"/{id: u32}?{page: u32}\"`",
    ),
    (
        "is_aborted is_disconnected aborted closed is_closed signal cancelled",
        "remove it: the handler is dropped when the client disconnects; to be notified, use `$it.on(event::Close, |_| …)`",
    ),
    ("id request_id", "use `$res.request_id()`"),
    ("redirect", "use `onward::redirect($last)`"),
    (
        "render",
        "use a template crate to render the text, and `Html(text)` as the reply",
    ),
    ("respond reply response send", "use `$res.send($last)`"),
    ("reply_json", "use `$res.send(Json($last))`"),
    (
        "timeout set_timeout",
        "use `server.request_timeout(duration)`",
    ),
    (
        "upgrade on_upgrade websocket ws web_socket",
        "use a route with `onward::websocket` (feature `websocket`), or a listener for the server's `event::Upgrade`",
    ),
    (
        "request_dispatcher dispatcher forward_to include_request",
        "call the function that responds, or use `route!(mount \"/path\" => other($it, $res).await)`",
    ),
    (
        "form_limits limits set_max_size max_size",
        "use `server.max_body_size(bytes)`",
    ),
    ("log logger logs", "use `println!`, or the crate `tracing`"),
    (
        "url_for reverse url_path_for route_url",
        "use `$function::$id()`, and add `as $id` to the route",
    ),
    (
        "trailer trailers",
        "use `$it.body.trailers()` after the body has been read",
    ),
    (
        "into_parts parts_mut split",
        "use the fields: `$it.method`, `$it.url`, `$it.headers`, `$it.body`",
    ),
];

pub(super) const HEADERS: Table = &[
    (
        "header get_header get_value value field value_of get_str get_one first",
        HEADER,
    ),
    (
        "has contains includes exists has_header contains_header",
        HAS_HEADER,
    ),
    (
        "get_list all values_of getlist",
        "use `$it.headers.get_all($key)`",
    ),
    (
        "for_each entries items each to_dict to_map",
        "use `for (name, value) in $it.headers.iter() { … }`",
    ),
    (
        "set add set_header delete",
        "use `$res.set_header(name, value)` for the response; the headers of the request are those that were received",
    ),
    ("host", HOST),
    (
        "content_type user_agent referer authorization accept origin cookie content_length",
        ONE_HEADER,
    ),
    ("typed_get", HEADER),
];
