/* dissect_dns_header.c — the header of a message (RFC 1035 §4.1.1). Pure. */
#include "client/dissect/dissect_dns_header.h"

#include "services/dns/dns_code.h"
#include "services/dns/dns_wire.h"

#include <stdio.h>

static const char header[] = "RFC 1035 §4.1.1";

/* A bit of the flags: its name, and what it means, by being set or not; NULL:
 * then it needs no word. */
struct bit {
	const char *name, *rfc;
	uint16_t mask;
	bool is_of_responses; /* in a query it says nothing */
	const char *set, *clear;
};

static const struct bit bits[] = {
    {"AA", header, DNS_FLAG_AA, true, "an authoritative answer",
        "not an authoritative answer"},
    {"TC", header, DNS_FLAG_TC, true, "truncated: the rest is to be had by TCP",
        "not truncated"},
    {"RD", header, DNS_FLAG_RD, false, "recursion is desired",
        "recursion is not desired"},
    {"RA", header, 0x0080, true, "recursion is available",
        "recursion is not available"},
    {"Z", header, 0x0040, false, "reserved: has to be 0", "reserved"},
    {"AD", "RFC 4035 §3.2.3", 0x0020, false, "the data is authentic", NULL},
    {"CD", "RFC 4035 §3.2.2", 0x0010, false, "checking is disabled", NULL},
};

enum { BIT_COUNT = sizeof(bits) / sizeof(bits[0]) };

/* "QR=0 OP=0 RD=1": what a message always has, and what is set. */
static void
put_flags(struct dissect_dns_walk *walk)
{
	char text[64];
	unsigned opcode = (walk->flags & DNS_OPCODE_MASK) >> 11;
	bool is_response = (walk->flags & DNS_FLAG_QR) != 0;
	size_t len = (size_t)snprintf(
	    text, sizeof(text), "QR=%d OP=%u", is_response, opcode);

	for (unsigned i = 0; i < BIT_COUNT; i++)
		if ((walk->flags & bits[i].mask) != 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    " %s=1", bits[i].name);
	if (is_response || (walk->flags & 15) != 0)
		snprintf(text + len, sizeof(text) - len, " RCODE=%u",
		    walk->flags & 15U);
	dissect_field(walk->dissect, STYLE_FLAGS, walk->at - 2, 2, "Flags",
	    header, "%s", text);
	dissect_means(walk->dissect, "0x%04x", walk->flags);
}

static void
means(struct dissect *dissect, const char *word)
{
	if (word != NULL)
		dissect_means(dissect, "%s", word);
}

static void
put_bit(struct dissect_dns_walk *walk, const struct bit *bit)
{
	bool is_set = (walk->flags & bit->mask) != 0;
	bool is_response = (walk->flags & DNS_FLAG_QR) != 0;

	dissect_part(walk->dissect, bit->name, bit->rfc, "%d", is_set);
	if (bit->is_of_responses && !is_response)
		means(
		    walk->dissect, is_set ? "means nothing in a query" : NULL);
	else
		means(walk->dissect, is_set ? bit->set : bit->clear);
}

static void
put_parts(struct dissect_dns_walk *walk)
{
	struct dissect *dissect = walk->dissect;
	unsigned opcode = (walk->flags & DNS_OPCODE_MASK) >> 11;
	bool is_response = (walk->flags & DNS_FLAG_QR) != 0;

	dissect_part(dissect, "QR", header, "%d", is_response);
	means(dissect, is_response ? "a response" : "a query");
	dissect_part(dissect, "Opcode", header, "%u", opcode);
	means(dissect, dns_code_opcode(opcode));
	for (unsigned i = 0; i < BIT_COUNT; i++)
		put_bit(walk, &bits[i]);
	dissect_part(dissect, "RCODE", header, "%u", walk->flags & 15U);
	means(dissect, dns_code_rcode(walk->flags & 15U));
}

static bool
put_id(struct dissect_dns_walk *walk)
{
	uint64_t id;

	if (!dissect_dns_walk_take(walk, walk->end, 2, "ID", &id))
		return false;
	dissect_field(walk->dissect, STYLE_ID, walk->at - 2, 2, "ID", header,
	    "0x%04x", (unsigned)id);
	dissect_means(walk->dissect, "a response has its query's");
	return true;
}

static bool
put_all_flags(struct dissect_dns_walk *walk)
{
	uint64_t flags;

	if (!dissect_dns_walk_take(walk, walk->end, 2, "Flags", &flags))
		return false;
	walk->flags = (uint16_t)flags;
	put_flags(walk);
	put_parts(walk);
	return true;
}

static bool
put_counts(struct dissect_dns_walk *walk, uint16_t *counts)
{
	static const char *const names[][DISSECT_DNS_HEADER_SECTIONS] = {
	    {"QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT"},
	    {"ZOCOUNT", "PRCOUNT", "UPCOUNT", "ADCOUNT"},
	};
	static const char *const things[][DISSECT_DNS_HEADER_SECTIONS] = {
	    {"question", "answer", "authority", "additional"},
	    {"zone", "prerequisite", "update", "additional"},
	};
	bool is_update = (walk->flags & DNS_OPCODE_MASK) == DNS_OPCODE_UPDATE;

	for (unsigned i = 0; i < DISSECT_DNS_HEADER_SECTIONS; i++) {
		const char *name = names[is_update][i];
		uint64_t count;

		if (!dissect_dns_walk_take(walk, walk->end, 2, name, &count))
			return false;
		counts[i] = (uint16_t)count;
		dissect_field(walk->dissect, STYLE_COUNT, walk->at - 2, 2, name,
		    is_update ? "RFC 2136 §2.2" : header, "%u", counts[i]);
		dissect_means(
		    walk->dissect, "in the %s section", things[is_update][i]);
	}
	return true;
}

bool
dissect_dns_header(
    struct dissect_dns_walk *walk, uint16_t counts[DISSECT_DNS_HEADER_SECTIONS])
{
	dissect_enter(
	    walk->dissect, DISSECT_GROUP, walk->at, 0, "Header", header);
	bool is_whole =
	    put_id(walk) && put_all_flags(walk) && put_counts(walk, counts);

	dissect_leave(walk->dissect);
	return is_whole;
}
