/* dns_load_hint.c — names that were most likely not meant. Loader process only.
 */
#include "services/dns/dns_load_hint.h"

#include "services/dns/dns_load_rdata.h"

#include <string.h>
#include <strings.h>

/* Is NAME written with its final dot, somewhere in the record's text? Then it
 * is meant as it stands there. */
static bool
is_absolute(const struct dns_load_written *written, const uint8_t *name)
{
	char text[DNS_NAME_TEXT_MAX];
	size_t len = strlen(dns_name_format(name, text));

	for (const char *p = written->text;
	     (size_t)(written->end - p) >= len && p < written->end; p++)
		if (strncasecmp(p, text, len) == 0)
			return true;
	return false;
}

/* Does NAME, LEN bytes, end in SUFFIX, between two labels? */
static bool
ends_in(
    const uint8_t *name, size_t len, const uint8_t *suffix, size_t suffix_len)
{
	size_t at = 0;

	while (len - at > suffix_len)
		at += 1 + (size_t)name[at];
	return len - at == suffix_len &&
	       dns_name_is_equal(name + at, suffix, suffix_len);
}

/* Bytes of NAME in front of the origin; 0: it is the origin, or not below it.
 */
static size_t
relative_length(
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	if (len <= written->origin_len ||
	    !ends_in(name, len, written->origin, written->origin_len))
		return 0;
	return len - written->origin_len;
}

/* Do the labels of NAME, LEN bytes without a root, end in the apex? "lab" alone
 * in the zone lab may well be a host. */
static bool
is_doubled(
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	size_t apex = written->apex_len - 1;

	if (apex == 0 || len < apex ||
	    (len == apex && written->apex[0] + 1u == apex))
		return false;
	return ends_in(name, len, written->apex, apex);
}

static bool
is_reverse(const struct dns_load_written *written)
{
	static const uint8_t arpa[] = "\4arpa";

	return written->apex_len > sizeof(arpa) &&
	       ends_in(written->apex, written->apex_len, arpa, sizeof(arpa));
}

/* Not so for nearly all names: too short, or another byte where the apex would
 * end in front of the origin. */
static inline bool
may_be_doubled(
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	size_t apex = written->apex_len - 1, origin = written->origin_len;

	return apex > 0 && len >= apex + origin &&
	       dns_name_lower_byte(name[len - origin - 1]) ==
	           written->apex[apex - 1];
}

static void
check_dot(struct dns_load_report *report,
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	bool is_ptr = written->record->type == DNS_TYPE_PTR &&
	              name != written->owner && is_reverse(written);

	if (!is_ptr && !may_be_doubled(written, name, len))
		return;
	size_t relative = relative_length(written, name, len);

	if (relative == 0 || !(is_ptr || is_doubled(written, name, relative)) ||
	    is_absolute(written, name) ||
	    !dns_load_report_is_first(report, name, len))
		return;
	char text[DNS_NAME_TEXT_MAX]; /* here, for it is cleared */

	dns_load_report_warning(report, written->record->file,
	    written->record->line,
	    "%s is what a name without a final dot has become: is the dot "
	    "missing?",
	    dns_name_format(name, text));
}

/* A label of 1 to 3 digits. */
static bool
is_number(const uint8_t *label)
{
	if (label[0] == 0 || label[0] > 3)
		return false;
	for (unsigned i = 1; i <= label[0]; i++)
		if (label[i] < '0' || label[i] > '9')
			return false;
	return true;
}

static void
check_address(struct dns_load_report *report,
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	size_t at = 0;
	char text[DNS_NAME_TEXT_MAX];

	for (unsigned i = 0; i < 4; i++) {
		if (!is_number(name + at))
			return;
		at += 1 + (size_t)name[at];
	}
	if ((name[at] != 0 && relative_length(written, name, len) != at) ||
	    is_reverse(written) || !dns_load_report_is_first(report, name, len))
		return;
	dns_load_report_warning(report, written->record->file,
	    written->record->line,
	    "%s is a name that looks like an address; there belongs the name "
	    "of a host, which has the address in its A record",
	    dns_name_format(name, text));
}

static void
check_ascii(struct dns_load_report *report,
    const struct dns_load_written *written, const uint8_t *name, size_t len)
{
	char text[DNS_NAME_TEXT_MAX];

	for (size_t i = 0; i < len; i++) {
		if (name[i] < 0x80 ||
		    !dns_load_report_is_first(report, name, len))
			continue;
		dns_load_report_warning(report, written->record->file,
		    written->record->line,
		    "%s has bytes beyond ASCII; clients ask for the form of "
		    "such a name that begins with xn--",
		    dns_name_format(name, text));
		return;
	}
}

void
dns_load_hint(
    struct dns_load_report *report, const struct dns_load_written *written)
{
	const struct dns_load_rdata_form *form =
	    dns_load_rdata_form(written->record->type);

	if (written->is_owner_new) {
		check_dot(report, written, written->owner, written->owner_len);
		if (written->has_high_bytes)
			check_ascii(report, written, written->owner,
			    written->owner_len);
	}
	if (form == NULL)
		return;
	const uint8_t *name = written->rdata + form->prefix;

	for (unsigned i = 0; i < form->names; i++) {
		size_t len = dns_name_length(name);

		check_address(report, written, name, len);
		check_dot(report, written, name, len);
		name += len;
	}
}
