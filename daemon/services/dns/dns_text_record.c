/* dns_text_record.c — records as lines of a master file. Pure. */
#include "services/dns/dns_text_record.h"

#include "services/dns/dns_text_field.h"
#include "services/dns/dns_text_type.h"

#include <string.h>

static bool
put_fields(
    struct dns_text *text, const char *fields, struct dns_text_rest *rest)
{
	size_t start = text->len;

	for (; *fields != '\0'; fields++) {
		size_t end = text->len;

		dns_text_blank(text, start);
		size_t begun = text->len;

		if (!dns_text_field(text, rest, *fields))
			return false;
		if (text->len == begun) /* an empty list */
			text->len = end;
	}
	return rest->at == rest->end && text->len > start;
}

static void
put_unknown(struct dns_text *text, struct span bytes)
{
	dns_text_chars(text, "\\# ");
	dns_text_number(text, bytes.len);
	if (bytes.len > 0) {
		dns_text_char(text, ' ');
		dns_text_hex(text, bytes);
	}
}

/* What is to be read of the LEN bytes of data at AT in MESSAGE; AT is 0 where
 * they stand alone. */
static struct dns_text_rest
rest_of(const uint8_t *message, size_t at, size_t len)
{
	return (struct dns_text_rest){
	    .message = message,
	    .at = at,
	    .end = at + len,
	    .has_pointers = at > 0,
	};
}

void
dns_text_record_data(struct dns_text *text, uint16_t type,
    const uint8_t *message, size_t at, size_t len)
{
	const struct dns_text_type *known = dns_text_type_find(type);
	struct dns_text_rest rest = rest_of(message, at, len);
	struct dns_text begun = *text;

	if (known != NULL && put_fields(text, known->fields, &rest))
		return;
	*text = begun;
	put_unknown(text, (struct span){message + at, len});
}

bool
dns_text_record_data_is_whole(
    uint16_t type, const uint8_t *message, size_t at, size_t len)
{
	const struct dns_text_type *known = dns_text_type_find(type);
	struct dns_text_rest rest = rest_of(message, at, len);

	if (known == NULL)
		return true;
	for (const char *letter = known->fields; *letter != '\0'; letter++)
		if (!dns_text_field_skip(&rest, *letter))
			return false;
	return rest.at == rest.end;
}

void
dns_text_record(struct dns_text *text, const struct dns_text_record *record)
{
	dns_text_name(text, record->name);
	dns_text_char(text, '\t');
	dns_text_number(text, record->ttl);
	dns_text_chars(text, "\tIN\t");
	dns_text_type_put(text, record->type);
	dns_text_char(text, '\t');
	dns_text_record_data(
	    text, record->type, record->message, record->at, record->len);
}
