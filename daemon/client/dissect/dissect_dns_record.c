/* dissect_dns_record.c — questions and records. Pure. */
#include "client/dissect/dissect_dns_record.h"

#include "client/dissect/dissect_dns_data.h"
#include "client/dissect/dissect_dns_name.h"
#include "client/dissect/dissect_dns_opt.h"
#include "client/dissect/dissect_dns_time.h"
#include "client/dissect/dissect_dns_tsig.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_text_type.h"

#include <stdio.h>

enum {
	CODE_TEXT_MAX = 16, /* "TYPE65535", "OPENPGPKEY", "CLASS65535" */
	CLASS_NONE = 254,   /* RFC 2136 §2.4 */
};

static const char question[] = "RFC 1035 §4.1.2";
static const char record[] = "RFC 1035 §4.1.3";

static void
type_text(char out[CODE_TEXT_MAX], unsigned type)
{
	const struct dns_text_type *known = dns_text_type_find((uint16_t)type);
	const char *meta = dns_code_meta_type(type);

	if (known != NULL || meta != NULL)
		snprintf(out, CODE_TEXT_MAX, "%s",
		    known != NULL ? known->mnemonic : meta);
	else
		snprintf(out, CODE_TEXT_MAX, "TYPE%u", type);
}

static void
class_text(char out[CODE_TEXT_MAX], unsigned class)
{
	const char *known = dns_code_class(class);

	if (known != NULL)
		snprintf(out, CODE_TEXT_MAX, "%s", known);
	else
		snprintf(out, CODE_TEXT_MAX, "CLASS%u", class);
}

static bool
put_type(struct dissect_dns_walk *walk, const char *name, const char *rfc,
    uint64_t *type, char text[CODE_TEXT_MAX])
{
	if (!dissect_dns_walk_take(walk, walk->end, 2, name, type))
		return false;
	type_text(text, (unsigned)*type);
	dissect_field(
	    walk->dissect, STYLE_TYPE, walk->at - 2, 2, name, rfc, "%s", text);
	dissect_means(walk->dissect, "type %u", (unsigned)*type);
	return true;
}

static bool
put_class(struct dissect_dns_walk *walk, const char *name, const char *rfc,
    uint64_t *class, char text[CODE_TEXT_MAX])
{
	if (!dissect_dns_walk_take(walk, walk->end, 2, name, class))
		return false;
	class_text(text, (unsigned)*class);
	dissect_field(
	    walk->dissect, STYLE_TYPE, walk->at - 2, 2, name, rfc, "%s", text);
	if (*class == DNS_CLASS_IN)
		dissect_means(walk->dissect, "the Internet");
	else
		dissect_means(walk->dissect, "class %u", (unsigned)*class);
	return true;
}

/* A question has only these of what a record has. */
static bool
put_question(struct dissect_dns_walk *walk, char *text)
{
	char name[DNS_NAME_TEXT_MAX] = "?", type[CODE_TEXT_MAX],
	     class[CODE_TEXT_MAX];
	uint64_t number;

	if (!dissect_dns_name(walk, walk->end, "QNAME", question, name))
		return false;
	snprintf(text, DISSECT_DNS_RECORD_TEXT_MAX, "%s", name);
	if (!put_type(walk, "QTYPE", question, &number, type))
		return false;
	snprintf(text, DISSECT_DNS_RECORD_TEXT_MAX, "%s %s", name, type);
	if (!put_class(walk, "QCLASS", question, &number, class))
		return false;
	if (number != DNS_CLASS_IN)
		snprintf(text, DISSECT_DNS_RECORD_TEXT_MAX, "%s %s %s", name,
		    class, type);
	return true;
}

static bool
put_ttl(struct dissect_dns_walk *walk)
{
	uint64_t ttl;

	if (!dissect_dns_walk_take(walk, walk->end, 4, "TTL", &ttl))
		return false;
	dissect_field(walk->dissect, STYLE_TTL, walk->at - 4, 4, "TTL", record,
	    "%u", (unsigned)ttl);
	if (ttl == 0)
		dissect_means(walk->dissect, "not to be kept");
	else if (ttl > INT32_MAX) /* RFC 2181 §8 */
		dissect_means(
		    walk->dissect, "counts as 0: its high bit is set");
	else
		dissect_dns_time_span(walk->dissect, ttl);
	return true;
}

/* Its length, and where the RDATA ends; false: not before the message. */
static bool
put_length(struct dissect_dns_walk *walk, size_t *end)
{
	uint64_t len;

	if (!dissect_dns_walk_take(walk, walk->end, 2, "RDLENGTH", &len))
		return false;
	dissect_field(walk->dissect, STYLE_LENGTH, walk->at - 2, 2, "RDLENGTH",
	    record, "%u", (unsigned)len);
	dissect_means(walk->dissect, "bytes of RDATA");
	size_t left = walk->end - walk->at;

	*end = walk->at + len;
	if (len <= left)
		return true;
	dissect_bad(walk->dissect, walk->at, left, "RDATA",
	    "truncated: %zu of %u bytes are there", left, (unsigned)len);
	walk->at = walk->end;
	return false;
}

static bool
put_record(struct dissect_dns_walk *walk)
{
	char text[CODE_TEXT_MAX];
	uint64_t type, class;
	size_t end;

	if (!dissect_dns_name(walk, walk->end, "NAME", record, NULL) ||
	    !put_type(walk, "TYPE", record, &type, text))
		return false;
	if (type == DNS_TYPE_OPT) {
		if (!dissect_dns_opt_fixed(walk) || !put_length(walk, &end))
			return false;
		dissect_dns_opt(walk, end);
		return true;
	}
	if (!put_class(walk, "CLASS", record, &class, text) || !put_ttl(walk) ||
	    !put_length(walk, &end))
		return false;
	if (type == DNS_TYPE_TSIG)
		dissect_dns_tsig(walk, end);
	/* RFC 2136 §2.4, §2.5: these stand for what has no data. */
	else if (walk->at < end ||
	         (class != DNS_CLASS_ANY && class != CLASS_NONE))
		dissect_dns_data(walk, (uint16_t)type, end);
	return true;
}

static void
enter(struct dissect_dns_walk *walk, const char *section, unsigned number,
    const char *rfc)
{
	dissect_enter(walk->dissect, DISSECT_GROUP, walk->at, 0, section, rfc);
	dissect_heading(walk->dissect, "%u", number);
}

bool
dissect_dns_record_question(struct dissect_dns_walk *walk, const char *section,
    unsigned number, char text[DISSECT_DNS_RECORD_TEXT_MAX])
{
	enter(walk, section, number, question);
	bool is_whole = put_question(walk, text);

	dissect_leave(walk->dissect);
	return is_whole;
}

bool
dissect_dns_record(
    struct dissect_dns_walk *walk, const char *section, unsigned number)
{
	enter(walk, section, number, record);
	bool is_whole = put_record(walk);

	dissect_leave(walk->dissect);
	return is_whole;
}
