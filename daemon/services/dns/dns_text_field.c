/* dns_text_field.c — the fields of RDATA. Pure. */
#include "services/dns/dns_text_field.h"

#include "services/dns/dns_text_apl.h"
#include "services/dns/dns_text_date.h"
#include "services/dns/dns_text_gateway.h"
#include "services/dns/dns_text_loc.h"
#include "services/dns/dns_text_svcb.h"
#include "services/dns/dns_text_type.h"
#include "services/dns/dns_unpack.h"

#include <string.h>

bool
dns_text_field_name(struct dns_text_rest *rest, uint8_t name[DNS_NAME_MAX])
{
	struct span message = {rest->message, rest->end};
	struct dns_unpack unpacked;

	if (dns_unpack(message, rest->at, rest->end, &unpacked) !=
	        DNS_UNPACK_DONE ||
	    (unpacked.is_pointed && !rest->has_pointers))
		return false;
	rest->at = unpacked.end;
	memcpy(name, unpacked.name, unpacked.len);
	return true;
}

bool
dns_text_field_integer(struct dns_text_rest *rest, size_t size, uint64_t *value)
{
	struct span bytes;

	if (!dns_text_rest_take(rest, size, &bytes))
		return false;
	*value = 0;
	for (size_t i = 0; i < size; i++)
		*value = *value << 8 | bytes.data[i];
	return true;
}

static bool
put_integer(struct dns_text *text, struct dns_text_rest *rest, size_t size)
{
	uint64_t value;

	if (!dns_text_field_integer(rest, size, &value))
		return false;
	dns_text_number(text, value);
	return true;
}

static bool
put_name(struct dns_text *text, struct dns_text_rest *rest)
{
	uint8_t name[DNS_NAME_MAX];

	if (!dns_text_field_name(rest, name))
		return false;
	dns_text_name(text, name);
	return true;
}

/* The bytes behind their length. */
static bool
take_counted(struct dns_text_rest *rest, struct span *bytes)
{
	uint64_t len;

	return dns_text_field_integer(rest, 1, &len) &&
	       dns_text_rest_take(rest, (size_t)len, bytes);
}

static bool
put_string(struct dns_text *text, struct dns_text_rest *rest)
{
	struct span bytes;

	if (!take_counted(rest, &bytes))
		return false;
	dns_text_quoted(text, bytes);
	return true;
}

static bool
put_strings(struct dns_text *text, struct dns_text_rest *rest)
{
	size_t start = text->len;

	do {
		dns_text_blank(text, start);
		if (!put_string(text, rest))
			return false;
	} while (rest->at < rest->end);
	return true;
}

static bool
is_alphanumeric(uint8_t byte)
{
	uint8_t lower = dns_name_lower_byte(byte);

	return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9');
}

static bool
put_word(struct dns_text *text, struct dns_text_rest *rest)
{
	struct span bytes;

	if (!take_counted(rest, &bytes) || bytes.len == 0)
		return false;
	for (size_t i = 0; i < bytes.len; i++) {
		if (!is_alphanumeric(bytes.data[i]))
			return false;
		dns_text_char(text, (char)bytes.data[i]);
	}
	return true;
}

static bool
put_counted(struct dns_text *text, struct dns_text_rest *rest, char letter)
{
	struct span bytes;

	if (!take_counted(rest, &bytes))
		return false;
	if (letter == 'l' && bytes.len == 0)
		dns_text_char(text, '-');
	else if (letter == 'l')
		dns_text_hex(text, bytes);
	else if (bytes.len > 0 && bytes.len % 5 == 0) /* whole digits */
		dns_text_base32(text, bytes);
	else
		return false;
	return true;
}

/* Something has to be there: no text stands for nothing. */
static bool
put_all(struct dns_text *text, struct dns_text_rest *rest, char letter)
{
	struct span bytes = dns_text_rest_all(rest);

	if (letter == 'm')
		return dns_text_type_put_bitmap(text, bytes);
	if (letter == 'u')
		dns_text_quoted(text, bytes);
	else if (letter == 'x')
		dns_text_hex(text, bytes);
	else
		dns_text_base64(text, bytes);
	return letter == 'u' || bytes.len > 0;
}

/* SIZE bytes in hexadecimal, a SEPARATOR between groups of GROUP. */
static bool
put_groups(struct dns_text *text, struct dns_text_rest *rest, size_t size,
    size_t group, char separator)
{
	struct span bytes;

	if (!dns_text_rest_take(rest, size, &bytes))
		return false;
	for (size_t at = 0; at < size; at += group) {
		if (at > 0)
			dns_text_char(text, separator);
		dns_text_hex(text, (struct span){bytes.data + at, group});
	}
	return true;
}

static bool
put_address(struct dns_text *text, struct dns_text_rest *rest, bool is_ipv6)
{
	struct span bytes;

	if (!dns_text_rest_take(rest, is_ipv6 ? 16 : 4, &bytes))
		return false;
	if (is_ipv6)
		dns_text_ipv6(text, bytes.data);
	else
		dns_text_ipv4(text, bytes.data);
	return true;
}

static bool
put_type(struct dns_text *text, struct dns_text_rest *rest)
{
	uint64_t type;

	if (!dns_text_field_integer(rest, 2, &type))
		return false;
	dns_text_type_put(text, (uint16_t)type);
	return true;
}

static bool
put_date(struct dns_text *text, struct dns_text_rest *rest)
{
	uint64_t seconds;

	if (!dns_text_field_integer(rest, 4, &seconds))
		return false;
	dns_text_date(text, (uint32_t)seconds);
	return true;
}

bool
dns_text_field(struct dns_text *text, struct dns_text_rest *rest, char letter)
{
	switch (letter) {
	case '1':
	case '2':
	case '4':
		return put_integer(text, rest, (size_t)(letter - '0'));
	case 'n':
		return put_name(text, rest);
	case 'a':
	case 'A':
		return put_address(text, rest, letter == 'A');
	case 's':
		return put_string(text, rest);
	case 'S':
		return put_strings(text, rest);
	case 'w':
		return put_word(text, rest);
	case 'u':
	case 'x':
	case 'b':
	case 'm':
		return put_all(text, rest, letter);
	case 'l':
	case 'h':
		return put_counted(text, rest, letter);
	case '6':
		return put_groups(text, rest, 8, 2, ':');
	case 'e':
	case 'E':
		return put_groups(text, rest, letter == 'e' ? 6 : 8, 1, '-');
	case 'y':
		return put_type(text, rest);
	case 'T':
		return put_date(text, rest);
	case 'L':
		return dns_text_loc(text, rest);
	case 'V':
		return dns_text_svcb(text, rest);
	case 'P':
		return dns_text_apl(text, rest);
	case 'G':
		return dns_text_gateway(text, rest);
	default:
		return false;
	}
}

bool
dns_text_field_skip(struct dns_text_rest *rest, char letter)
{
	uint8_t name[DNS_NAME_MAX];
	struct span bytes;

	switch (letter) {
	case '1':
	case '2':
	case '4':
		return dns_text_rest_take(rest, (size_t)(letter - '0'), &bytes);
	case 'y':
		return dns_text_rest_take(rest, 2, &bytes);
	case 'T':
	case 'a':
		return dns_text_rest_take(rest, 4, &bytes);
	case 'e':
		return dns_text_rest_take(rest, 6, &bytes);
	case '6':
	case 'E':
		return dns_text_rest_take(rest, 8, &bytes);
	case 'A':
		return dns_text_rest_take(rest, 16, &bytes);
	case 'n':
		return dns_text_field_name(rest, name);
	case 's':
	case 'w':
	case 'l':
	case 'h':
		return take_counted(rest, &bytes);
	case 'S':
		while (take_counted(rest, &bytes))
			if (rest->at == rest->end)
				return true;
		return false;
	default:
		(void)dns_text_rest_all(rest);
		return true;
	}
}
