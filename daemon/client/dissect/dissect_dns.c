/* dissect_dns.c — a DNS message, field by field. Pure. */
#include "client/dissect/dissect_dns.h"

#include "client/dissect/dissect_dns_header.h"
#include "client/dissect/dissect_dns_record.h"
#include "core/bytes.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_wire.h"

#include <stdio.h>

enum { KIND_TEXT_MAX = 48 };

static const char *const sections[][DISSECT_DNS_HEADER_SECTIONS] = {
    {"Question", "Answer", "Authority", "Additional"},
    {"Zone", "Prerequisite", "Update", "Additional"},
};

/* Section I, of COUNT entries; false: the rest cannot be read. The first
 * question goes to TEXT. */
static bool
put_section(struct dissect_dns_walk *walk, unsigned i, unsigned count,
    char text[DISSECT_DNS_RECORD_TEXT_MAX])
{
	bool is_update = (walk->flags & DNS_OPCODE_MASK) == DNS_OPCODE_UPDATE;
	const char *name = sections[is_update][i];
	char other[DISSECT_DNS_RECORD_TEXT_MAX];

	for (unsigned number = 1; number <= count; number++) {
		if (walk->at == walk->end) {
			dissect_bad(walk->dissect, walk->at, 0, name,
			    "missing: the message ends before %s %u of %u",
			    name, number, count);
			return false;
		}
		bool is_whole = i > 0 ? dissect_dns_record(walk, name, number)
		                      : dissect_dns_record_question(walk, name,
		                            number, number > 1 ? other : text);

		if (!is_whole)
			return false;
	}
	return true;
}

/* "query", "response", "notify", "notify response". */
static void
kind_text(char out[KIND_TEXT_MAX], uint16_t flags)
{
	unsigned opcode = (flags & DNS_OPCODE_MASK) >> 11;
	bool is_response = (flags & DNS_FLAG_QR) != 0;
	const char *name = dns_code_opcode(opcode);

	if (opcode == 0)
		snprintf(out, KIND_TEXT_MAX, "%s",
		    is_response ? "response" : "query");
	else if (name == NULL)
		snprintf(out, KIND_TEXT_MAX, "opcode %u%s", opcode,
		    is_response ? " response" : "");
	else
		snprintf(out, KIND_TEXT_MAX, "%s%s", name,
		    is_response ? " response" : "");
}

/* "response 0x24bd NOERROR 2 answers google.com. A" */
static void
put_line(struct dissect_dns_walk *walk, unsigned answers, const char *question)
{
	char kind[KIND_TEXT_MAX], result[KIND_TEXT_MAX] = "";
	unsigned rcode = walk->flags & 15U;
	const char *name = dns_code_rcode(rcode);
	unsigned id = bytes_get16be(walk->dissect->bytes.data + walk->begin);

	kind_text(kind, walk->flags);
	if ((walk->flags & DNS_FLAG_QR) != 0 && name == NULL)
		snprintf(result, sizeof(result), " RCODE%u", rcode);
	else if ((walk->flags & DNS_FLAG_QR) != 0)
		snprintf(result, sizeof(result), " %s %u answer%s", name,
		    answers, answers == 1 ? "" : "s");
	dissect_line(walk->dissect, "DNS", "%s 0x%04x%s%s%s", kind, id, result,
	    *question == '\0' ? "" : " ", question);
}

static void
put_message(struct dissect_dns_walk *walk)
{
	uint16_t counts[DISSECT_DNS_HEADER_SECTIONS];
	char question[DISSECT_DNS_RECORD_TEXT_MAX] = "";
	bool is_whole = dissect_dns_header(walk, counts);

	if (!is_whole) {
		dissect_line(walk->dissect, "DNS", "cut within its header");
		return;
	}
	for (unsigned i = 0; is_whole && i < DISSECT_DNS_HEADER_SECTIONS; i++)
		is_whole = put_section(walk, i, counts[i], question);
	if (walk->at < walk->end)
		dissect_bad(walk->dissect, walk->at, walk->end - walk->at,
		    "Rest", "bytes behind the end of the message");
	put_line(walk, counts[1], question);
}

void
dissect_dns(struct dissect *dissect, size_t at, size_t end)
{
	struct dissect_dns_walk walk = {dissect, at, end, at, 0};

	dissect_enter(dissect, DISSECT_LAYER, at, end - at, "DNS message",
	    "RFC 1035 §4.1");
	put_message(&walk);
	dissect_leave(dissect);
}

void
dissect_dns_tcp(struct dissect *dissect, size_t at, size_t end)
{
	while (at < end) {
		size_t left = end - at;

		if (left < 2) {
			dissect_bad(dissect, at, left, "Length",
			    "truncated: 1 of 2 bytes are there");
			return;
		}
		size_t len = bytes_get16be(dissect->bytes.data + at);

		dissect_field(dissect, STYLE_LENGTH, at, 2, "Length",
		    "RFC 1035 §4.2.2", "%zu", len);
		dissect_means(dissect, "bytes of the message behind it");
		at += 2;
		left -= 2;
		dissect_dns(dissect, at, at + (len < left ? len : left));
		if (len > left)
			dissect_bad(dissect, end, 0, "Message",
			    "truncated: %zu of %zu bytes are there", left, len);
		at += len < left ? len : left;
	}
}
