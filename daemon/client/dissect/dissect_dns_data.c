/* dissect_dns_data.c — the RDATA of a record: the fields of its type, as
 * dns_text_field reads and writes them. Pure. */
#include "client/dissect/dissect_dns_data.h"

#include "client/dissect/dissect_dns_name.h"
#include "client/dissect/dissect_dns_time.h"
#include "client/dissect/dissect_dns_word.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_text_field.h"
#include "services/dns/dns_text_type.h"

#include <stdio.h>

enum { DATA_TEXT_MAX = 1024 }; /* characters of a value; more is cut off */

/* One field of RDATA, at work. */
struct field {
	char letter, means; /* of dns_text_type.h, of dissect_dns_word.h */
	const char *name, *rfc;
};

static void
put_text(struct dissect_dns_walk *walk, enum style style, size_t end,
    const struct field *field, const struct dns_text *text)
{
	dissect_field(walk->dissect, style, walk->at, end - walk->at,
	    field->name, field->rfc, "%.*s%s", (int)text->len, text->out,
	    text->is_full ? "…" : "");
	walk->at = end;
}

void
dissect_dns_data_hex(struct dissect_dns_walk *walk, size_t end,
    const char *name, const char *rfc)
{
	char out[DATA_TEXT_MAX];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, sizeof(out)});
	struct span bytes = {
	    walk->dissect->bytes.data + walk->at, end - walk->at};

	if (bytes.len == 0)
		dns_text_chars(&text, "(none)");
	else
		dns_text_hex(&text, bytes);
	put_text(
	    walk, STYLE_DATA, end, &(struct field){0, 0, name, rfc}, &text);
}

static void
put_meaning(struct dissect *dissect, char means, uint64_t value)
{
	const char *word = NULL;

	if (means == 'a')
		word = dns_code_algorithm((unsigned)value);
	else if (means == 'd')
		word = dns_code_digest((unsigned)value);
	else if (means == 'k' && (value & 0x100) != 0)
		word = (value & 1) != 0 ? "a zone's key, its entry point"
		                        : "a zone's key";
	else if (means == 't')
		dissect_dns_time_span(dissect, value);
	else if (means == 'T')
		dissect_dns_time_date(dissect, (uint32_t)value);
	if (word != NULL)
		dissect_means(dissect, "%s", word);
}

static enum style
style_of(const struct field *field)
{
	if (field->letter == 'y' || field->letter == 'm')
		return STYLE_TYPE;
	return field->means == 't' || field->means == 'T' ? STYLE_TTL
	                                                  : STYLE_DATA;
}

/* Bytes that a field of kind LETTER always has; 0: that depends. */
static size_t
size_of(char letter)
{
	static const char letters[] = "124aA6eEyT";
	static const uint8_t sizes[] = {1, 2, 4, 4, 16, 8, 6, 8, 2, 4};
	const char *found = strchr(letters, letter);

	return found == NULL ? 0 : sizes[found - letters];
}

/* Are there bytes for FIELD? Else says so, and takes what is there. */
static bool
has_bytes(struct dissect_dns_walk *walk, size_t end, const struct field *field)
{
	size_t size = size_of(field->letter), at = walk->at;
	uint64_t len = 0;

	if (strchr("swlh", field->letter) != NULL) {
		if (!dissect_dns_walk_take(walk, end, 1, field->name, &len))
			return false;
		walk->at = at;
		size = 1 + (size_t)len;
	}
	if (size <= end - at)
		return true;
	dissect_bad(walk->dissect, at, end - at, field->name,
	    "truncated: %zu of %zu bytes are there", end - at, size);
	walk->at = end;
	return false;
}

/* What has no text: of known length it is shown by its bytes, and so is all
 * that is left where anything may follow. */
static void
put_untold(struct dissect_dns_walk *walk, size_t end, const struct field *field)
{
	size_t at = walk->at;

	if (field->letter == 'm') {
		dissect_bad(walk->dissect, at, end - at, field->name,
		    "not a bitmap of types");
		walk->at = end;
		return;
	}
	if (field->letter == 'w' || field->letter == 'h')
		end = at + 1 + walk->dissect->bytes.data[at];
	dissect_dns_data_hex(walk, end, field->name, field->rfc);
	dissect_means(walk->dissect, "not in a form that is known");
}

/* False: its bytes end before it does, and nothing can follow. */
static bool
put_field(struct dissect_dns_walk *walk, size_t end, const struct field *field)
{
	char out[DATA_TEXT_MAX];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, sizeof(out)});
	struct dns_text_rest rest = {
	    .message = walk->dissect->bytes.data + walk->begin,
	    .at = walk->at - walk->begin,
	    .end = end - walk->begin,
	    .has_pointers = true,
	};
	struct dns_text_rest number = rest;
	uint64_t value = 0;

	if (field->letter == 'n')
		return dissect_dns_name(
		    walk, end, field->name, field->rfc, NULL);
	if (!has_bytes(walk, end, field))
		return false;
	if (walk->at == end)
		dissect_dns_data_hex(walk, end, field->name, field->rfc);
	else if (!dns_text_field(&text, &rest, field->letter))
		put_untold(walk, end, field);
	else {
		put_text(
		    walk, style_of(field), walk->begin + rest.at, field, &text);
		if (dns_text_field_integer(
		        &number, size_of(field->letter), &value))
			put_meaning(walk->dissect, field->means, value);
	}
	return true;
}

/* The strings of a TXT record: a field each. */
static bool
put_strings(struct dissect_dns_walk *walk, size_t end, struct field field)
{
	bool is_whole;

	field.letter = 's';
	do {
		is_whole = put_field(walk, end, &field);
	} while (is_whole && walk->at < end);
	return is_whole;
}

void
dissect_dns_data(struct dissect_dns_walk *walk, uint16_t type, size_t end)
{
	const struct dns_text_type *known = dns_text_type_find(type);
	const struct dissect_dns_word *word = dissect_dns_word_find(type);

	if (known == NULL || word == NULL) {
		dissect_dns_data_hex(walk, end, "RDATA", "RFC 3597 §5");
		return;
	}
	for (unsigned i = 0; known->fields[i] != '\0'; i++) {
		struct field field = {known->fields[i], word->means[i],
		    word->names[i], word->rfc};

		if (field.letter == 'S' ? !put_strings(walk, end, field)
		                        : !put_field(walk, end, &field))
			return;
	}
	if (walk->at < end)
		dissect_bad(walk->dissect, walk->at, end - walk->at, "RDATA",
		    "bytes behind its last field");
	walk->at = end;
}
