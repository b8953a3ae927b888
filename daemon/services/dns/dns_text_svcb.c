/* dns_text_svcb.c — the parameters of SVCB and HTTPS (RFC 9460). Pure. */
#include "services/dns/dns_text_svcb.h"

#include "core/bytes.h"

#include <string.h>

/* Of those that are known, in the order of their numbers (RFC 9460 §14.3.2). */
struct key {
	const char *name;
	/* Writes VALUE behind the name; false: it is none. */
	bool (*put)(struct dns_text *text, struct span value);
};

static const struct key *find_key(unsigned number);

/* Takes the parameter that REST begins with off; false: it is cut short. */
static bool
take(struct dns_text_rest *rest, unsigned *number, struct span *value)
{
	uint64_t key, len;

	if (!dns_text_field_integer(rest, 2, &key) ||
	    !dns_text_field_integer(rest, 2, &len) ||
	    !dns_text_rest_take(rest, (size_t)len, value))
		return false;
	*number = (unsigned)key;
	return true;
}

/* Are there parameters in REST, ascending (§2.2), and nothing else? */
static bool
is_list(struct dns_text_rest rest)
{
	struct span value;
	int last = -1;

	while (rest.at < rest.end) {
		unsigned number;

		if (!take(&rest, &number, &value) || (int)number <= last)
			return false;
		last = (int)number;
	}
	return true;
}

/* Takes parameters off LIST up to the one that is WANTED; false: it has none.
 */
static bool
take_up_to(struct dns_text_rest *list, unsigned wanted)
{
	struct span value;
	unsigned number;

	while (list->at < list->end)
		if (take(list, &number, &value) && number == wanted)
			return true;
	return false;
}

/* Does the list's mandatory key name only others of it, ascending (§8)? Both
 * ascend, so that one walk along the list will do. */
static bool
is_fulfilled(struct dns_text_rest list)
{
	struct span value;
	unsigned number, last = 0;

	if (list.at == list.end || !take(&list, &number, &value) || number != 0)
		return true;
	for (size_t at = 0; at + 2 <= value.len; at += 2) {
		number = bytes_get16be(value.data + at);
		if (number <= last || !take_up_to(&list, number))
			return false;
		last = number;
	}
	return true;
}

static void
put_key(struct dns_text *text, unsigned number)
{
	const struct key *key = find_key(number);

	dns_text_chars(text, key == NULL ? "key" : key->name);
	if (key == NULL)
		dns_text_number(text, number);
}

/* Items of SIZE bytes each, one at least, by commas. */
static bool
put_list(struct dns_text *text, struct span value, size_t size,
    void (*put_item)(struct dns_text *text, const uint8_t *item))
{
	if (value.len == 0 || value.len % size != 0)
		return false;
	dns_text_char(text, '=');
	for (size_t at = 0; at < value.len; at += size) {
		if (at > 0)
			dns_text_char(text, ',');
		put_item(text, value.data + at);
	}
	return true;
}

static void
put_key_item(struct dns_text *text, const uint8_t *item)
{
	put_key(text, bytes_get16be(item));
}

static bool
put_mandatory(struct dns_text *text, struct span value)
{
	return put_list(text, value, 2, put_key_item);
}

/* Within an item a comma and a backslash are escaped twice (§A.1), which the
 * scanner does not undo in every place; nor does it take items of one byte. No
 * protocol's name is like that. */
static bool
is_plain_item(struct span item)
{
	return item.len > 1 && memchr(item.data, ',', item.len) == NULL &&
	       memchr(item.data, '\\', item.len) == NULL;
}

static bool
put_alpn(struct dns_text *text, struct span value)
{
	if (value.len == 0)
		return false;
	dns_text_chars(text, "=\"");
	for (size_t at = 0; at < value.len;) {
		struct span item = {value.data + at + 1, value.data[at]};

		if (item.len >= value.len - at || !is_plain_item(item))
			return false;
		if (at > 0)
			dns_text_char(text, ',');
		for (size_t i = 0; i < item.len; i++)
			dns_text_quoted_byte(text, item.data[i]);
		at += 1 + item.len;
	}
	dns_text_char(text, '"');
	return true;
}

static bool
put_nothing(struct dns_text *text, struct span value)
{
	(void)text;
	return value.len == 0;
}

static bool
put_port(struct dns_text *text, struct span value)
{
	if (value.len != 2)
		return false;
	dns_text_char(text, '=');
	dns_text_number(text, bytes_get16be(value.data));
	return true;
}

static bool
put_ipv4hint(struct dns_text *text, struct span value)
{
	return put_list(text, value, 4, dns_text_ipv4);
}

static bool
put_ech(struct dns_text *text, struct span value)
{
	dns_text_char(text, '=');
	dns_text_base64(text, value);
	return value.len > 0;
}

static bool
put_ipv6hint(struct dns_text *text, struct span value)
{
	return put_list(text, value, 16, dns_text_ipv6);
}

static const struct key *
find_key(unsigned number)
{
	static const struct key keys[] = {
	    {"mandatory", put_mandatory},
	    {"alpn", put_alpn},
	    {"no-default-alpn", put_nothing},
	    {"port", put_port},
	    {"ipv4hint", put_ipv4hint},
	    {"ech", put_ech},
	    {"ipv6hint", put_ipv6hint},
	};

	return number < sizeof(keys) / sizeof(keys[0]) ? &keys[number] : NULL;
}

static bool
put_parameter(struct dns_text *text, unsigned number, struct span value)
{
	const struct key *key = find_key(number);

	put_key(text, number);
	if (key != NULL)
		return key->put(text, value);
	if (value.len > 0) {
		dns_text_char(text, '=');
		dns_text_quoted(text, value);
	}
	return true;
}

bool
dns_text_svcb(struct dns_text *text, struct dns_text_rest *rest)
{
	size_t start = text->len;

	if (!is_list(*rest) || !is_fulfilled(*rest))
		return false;
	while (rest->at < rest->end) {
		struct span value;
		unsigned number;

		dns_text_blank(text, start);
		if (!take(rest, &number, &value) ||
		    !put_parameter(text, number, value))
			return false;
	}
	return true;
}
