/* http_lab.c — path and query → what is wanted. */
#include "services/http/http_lab.h"
#include "services/http/http_query.h"

static const char read_only[] = "GET, HEAD, OPTIONS";
static const char all_methods[] =
    "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE";

static const struct place {
	const char *name;
	enum http_lab_kind kind;
	bool has_argument;
	bool takes_all; /* methods */
} places[] = {
    {"status", HTTP_LAB_STATUS, true, true},
    {"delay", HTTP_LAB_DELAY, true, true},
    {"headers", HTTP_LAB_HEADERS, false, false},
    {"ip", HTTP_LAB_IP, false, false},
    {"bytes", HTTP_LAB_BYTES, true, false},
    {"anything", HTTP_LAB_ANYTHING, false, true},
};

static void
refuse(struct http_lab_call *call, enum http_status status, const char *why)
{
	call->status = status;
	call->why = why;
}

/* Reads TEXT, digits alone; false: it is none, or more than MAX. */
static bool
read_number(struct span text, uint64_t max, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = text.data[i] - (unsigned)'0';

		if (digit > 9 || *value > (max - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return text.len > 0;
}

static void
read_status(struct http_lab_call *call, struct span argument)
{
	uint64_t code;

	/* RFC 9110 §15.2: an answer of 1xx is followed by another. */
	if (argument.len != 3 || !read_number(argument, 599, &code) ||
	    code < 200) {
		refuse(call, HTTP_STATUS_BAD_REQUEST,
		    "/status/ is followed by a status from 200 to 599, as in "
		    "/status/404. One below 200 is no answer yet.");
		return;
	}
	call->code = (unsigned)code;
}

/* "1.5": at most three decimals count. */
static void
read_delay(struct http_lab_call *call, struct span argument)
{
	const uint8_t *dot =
	    argument.len > 0 ? memchr(argument.data, '.', argument.len) : NULL;
	struct span whole = argument, part = {NULL, 0};
	uint64_t seconds, ms = 0;

	if (dot != NULL) {
		whole.len = (size_t)(dot - argument.data);
		part = (struct span){dot + 1, argument.len - whole.len - 1};
	}
	bool is_number = read_number(whole, 1000, &seconds);

	if (dot != NULL)
		is_number &= part.len <= 3 && read_number(part, 999, &ms);
	for (size_t i = part.len; i < 3; i++)
		ms *= 10;
	if (!is_number || seconds * 1000 + ms > HTTP_LAB_DELAY_MAX_MS) {
		refuse(call, HTTP_STATUS_BAD_REQUEST,
		    "/delay/ is followed by seconds from 0 to 10, with up to "
		    "three decimals, as in /delay/1.5.");
		return;
	}
	call->delay_ms = (uint32_t)(seconds * 1000 + ms);
}

static void
read_bytes(struct http_lab_call *call, struct span argument, struct span query)
{
	struct span name, value;
	bool is_number = read_number(argument, HTTP_LAB_BYTES_MAX, &call->len);

	query = http_query_begin(query);
	while (http_query_next(&query, &name, &value)) {
		if (name.len == 4 && memcmp(name.data, "seed", 4) == 0)
			is_number &=
			    read_number(value, UINT64_MAX, &call->seed);
	}
	if (!is_number)
		refuse(call, HTTP_STATUS_BAD_REQUEST,
		    "/bytes/ is followed by a number up to 104857600 and, "
		    "perhaps, ?seed= and a number.");
}

/* Splits "/name/argument"; the slash before the argument is no part of it. */
static struct span
take_name(struct span *rest)
{
	while (rest->len > 0 && rest->data[0] == '/') {
		rest->data++;
		rest->len--;
	}
	struct span name = {rest->data, 0};

	while (name.len < rest->len && rest->data[name.len] != '/')
		name.len++;
	rest->data += name.len;
	rest->len -= name.len;
	if (rest->len > 0) {
		rest->data++;
		rest->len--;
	}
	return name;
}

/* The place that REST names; NULL: there is none. */
static const struct place *
find_place(struct span *rest)
{
	static const struct place index = {"", HTTP_LAB_INDEX, false, false};
	struct span name = take_name(rest);

	if (name.len == 0)
		return &index;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (name.len == strlen(places[i].name) &&
		    memcmp(name.data, places[i].name, name.len) == 0)
			return &places[i];
	}
	return NULL;
}

/* Whether METHOD is one of those that PLACE takes; also sees to OPTIONS. */
static void
check_method(struct http_lab_call *call, const struct place *place,
    enum http_method method)
{
	bool is_echo = place->kind == HTTP_LAB_ANYTHING;

	call->allow = place->takes_all ? all_methods : read_only;
	if (method == HTTP_METHOD_OPTIONS && !is_echo)
		refuse(call, HTTP_STATUS_NO_CONTENT, "");
	if (method == HTTP_METHOD_OTHER && !place->takes_all)
		refuse(call, HTTP_STATUS_NOT_ALLOWED,
		    "This place of the lab can only be read: the methods are "
		    "GET, HEAD and OPTIONS.");
}

struct http_lab_call
http_lab_read(const struct http_request *request, struct span rest)
{
	struct http_lab_call call = {.status = HTTP_STATUS_OK};
	const struct place *place = find_place(&rest);

	if (place == NULL || (!place->has_argument && rest.len > 0 &&
	                         place->kind != HTTP_LAB_ANYTHING)) {
		call.allow = read_only;
		refuse(&call, HTTP_STATUS_NOT_FOUND,
		    "The lab has no such place: it has /status/N, /delay/S, "
		    "/headers, /ip, /bytes/N and /anything.");
		return call;
	}
	call.kind = place->kind;
	if (place->kind == HTTP_LAB_STATUS)
		read_status(&call, rest);
	else if (place->kind == HTTP_LAB_DELAY)
		read_delay(&call, rest);
	else if (place->kind == HTTP_LAB_BYTES)
		read_bytes(&call, rest, request->query);
	check_method(&call, place, request->method);
	return call;
}

/* The word at INDEX of what SEED stands for (the finaliser of splitmix64, by
 * Steele, Lea and Flood): any of them is there at once. */
static uint64_t
word_at(uint64_t seed, uint64_t index)
{
	uint64_t word = seed + (index + 1) * 0x9e3779b97f4a7c15u;

	word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
	word = (word ^ word >> 27) * 0x94d049bb133111ebu;
	return word ^ word >> 31;
}

void
http_lab_bytes(uint64_t seed, uint64_t at, struct space space)
{
	size_t done = 0;

	while (done < space.cap) {
		uint64_t word = word_at(seed, at / 8);
		size_t skip = at % 8, len = 8 - skip;
		uint8_t bytes[8];

		for (unsigned i = 0; i < 8; i++)
			bytes[i] = (uint8_t)(word >> 8 * i);
		if (len > space.cap - done)
			len = space.cap - done;
		memcpy(space.data + done, bytes + skip, len);
		done += len;
		at += len;
	}
}
