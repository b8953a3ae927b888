/* dns_load_chain.c — the NSEC3 chain of a zone. Loader process only. */
#include "services/dns/dns_load_chain.h"

#include "services/dns/dns_base32.h"
#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_nsec3.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------ finding the links */

static struct dns_dnssec_nsec3
fields_of(const struct dns_load_record *record)
{
	return dns_dnssec_nsec3(record->type,
	    (struct span){dns_load_record_rdata(record), record->length});
}

static bool
add_link(struct dns_load_chain *chain, const uint8_t hash[DNS_NSEC3_HASH_SIZE],
    const struct dns_load_link *source)
{
	if (chain->all == chain->cap) {
		uint32_t cap = chain->cap == 0 ? 256 : 2 * chain->cap;
		struct dns_nsec3 *links =
		    realloc(chain->links, cap * sizeof(links[0]));

		if (links == NULL)
			return false;
		chain->links = links;
		struct dns_load_link *sources =
		    realloc(chain->sources, cap * sizeof(sources[0]));

		if (sources == NULL)
			return false;
		chain->sources = sources;
		chain->cap = cap;
	}
	memcpy(chain->links[chain->all].hash, hash, DNS_NSEC3_HASH_SIZE);
	chain->sources[chain->all++] = *source;
	return true;
}

/* Owners FIRST … END are one name: if it has an NSEC3, it becomes a link. */
static bool
take_name(struct dns_load_chain *chain, const struct dns_load_records *records,
    struct dns_load_report *report, size_t first, size_t end)
{
	const struct dns_load_name *name =
	    dns_load_records_name(records, &records->owners[first]);
	const uint8_t *label = dns_load_name_spelling(name);
	struct dns_load_link source = {.first = first, .end = end};
	uint8_t hash[DNS_NSEC3_HASH_SIZE];

	for (size_t i = first; i < end && source.record == NULL; i++) {
		size_t at = dns_load_records_find(
		    records, &records->owners[i], DNS_TYPE_NSEC3);

		if (at != 0)
			source.record = dns_load_records_at(records, at);
	}
	if (source.record == NULL)
		return true;
	if (name->labels != 1 || label[0] != DNS_NSEC3_LABEL ||
	    dns_base32_decode(hash, label + 1, label[0]) != sizeof(hash)) {
		dns_load_report_warning(report, source.record->file,
		    source.record->line,
		    "an NSEC3 whose owner is not a hash and the zone's name "
		    "is of no use: it is left out");
		return true;
	}
	return add_link(chain, hash, &source);
}

static bool
take_links(struct dns_load_chain *chain, const struct dns_load_records *records,
    struct dns_load_report *report)
{
	for (size_t first = 0, end; first < records->owner_count; first = end) {
		end = dns_load_records_name_end(records, first);
		if (!take_name(chain, records, report, first, end))
			return false;
	}
	return true;
}

/* ----------------------------------------------------- choosing the chain */

/* Is the link of PARAMETERS (§7.3)? */
static bool
is_of(const struct dns_load_chain *chain, uint32_t link,
    const struct dns_dnssec_nsec3 *parameters)
{
	struct dns_dnssec_nsec3 fields = fields_of(chain->sources[link].record);

	return fields.algorithm == parameters->algorithm &&
	       fields.iterations == parameters->iterations &&
	       fields.salt.len == parameters->salt.len &&
	       fields.next.len == DNS_NSEC3_HASH_SIZE &&
	       memcmp(fields.salt.data, parameters->salt.data,
	           fields.salt.len) == 0;
}

static bool
is_next(const struct dns_load_chain *chain, uint32_t link, uint32_t next)
{
	return memcmp(fields_of(chain->sources[link].record).next.data,
	           chain->links[next].hash, DNS_NSEC3_HASH_SIZE) == 0;
}

/* The links of PARAMETERS; *IS_CLOSED: each names the one behind it. */
static uint32_t
count_links(const struct dns_load_chain *chain,
    const struct dns_dnssec_nsec3 *parameters, bool *is_closed)
{
	uint32_t count = 0, first = 0, last = 0;

	*is_closed = true;
	for (uint32_t i = 0; i < chain->all; i++) {
		if (!is_of(chain, i, parameters))
			continue;
		if (count++ == 0)
			first = i;
		else if (!is_next(chain, last, i))
			*is_closed = false;
		last = i;
	}
	if (count > 0 && !is_next(chain, last, first))
		*is_closed = false;
	return count;
}

/* May the NSEC3PARAM serve? Tells why not, but for those whose flags say that
 * their chain is not ready (§4.1.2). */
static bool
is_usable(const struct dns_load_record *record, struct dns_load_report *report)
{
	struct dns_dnssec_nsec3 fields = fields_of(record);

	if (fields.flags != 0)
		return false;
	if (fields.algorithm != DNS_NSEC3_SHA1) {
		dns_load_report_warning(report, record->file, record->line,
		    "NSEC3 with algorithm %u is not known: its chain is not "
		    "used",
		    fields.algorithm);
		return false;
	}
	if (fields.iterations > DNS_NSEC3_ITERATIONS_MAX) {
		dns_load_report_warning(report, record->file, record->line,
		    "NSEC3 with %u iterations, more than %d (RFC 5155 §10.3): "
		    "its chain is not used",
		    fields.iterations, DNS_NSEC3_ITERATIONS_MAX);
		return false;
	}
	if (fields.iterations > DNS_LOAD_CHAIN_ITERATIONS_WARN)
		dns_load_report_warning(report, record->file, record->line,
		    "NSEC3 with %u iterations: above %d many take the zone "
		    "for one that is not signed; it should be 0 (RFC 9276 "
		    "§3.1)",
		    fields.iterations, DNS_LOAD_CHAIN_ITERATIONS_WARN);
	return true;
}

/* What was found among an apex' NSEC3PARAM so far. */
struct choice {
	const struct dns_load_record *record; /* NULL: none */
	uint32_t count;
	bool is_closed;
};

/* A closed chain is better than any other, then the longest. */
static void
consider(const struct dns_load_chain *chain,
    const struct dns_load_record *record, struct dns_load_report *report,
    struct choice *choice)
{
	struct dns_dnssec_nsec3 fields = fields_of(record);
	bool is_closed;

	if (!is_usable(record, report))
		return;
	uint32_t count = count_links(chain, &fields, &is_closed);

	if (count == 0)
		dns_load_report_warning(report, record->file, record->line,
		    "no NSEC3 has the parameters of this NSEC3PARAM");
	else if (choice->record == NULL || is_closed > choice->is_closed ||
	         (is_closed == choice->is_closed && count > choice->count))
		*choice = (struct choice){record, count, is_closed};
}

static struct choice
choose(const struct dns_load_chain *chain,
    const struct dns_load_records *records, struct dns_load_report *report)
{
	struct choice choice = {0};

	for (size_t i = 0; i < records->owner_count; i++) {
		const struct dns_load_owner *owner = &records->owners[i];

		if (dns_load_records_name(records, owner)->labels > 0)
			break;
		size_t at = dns_load_records_first(records, owner);

		for (uint32_t n = 0; n < owner->count; n++) {
			const struct dns_load_record *record =
			    dns_load_records_at(records, at);

			if (record->type == DNS_TYPE_NSEC3PARAM)
				consider(chain, record, report, &choice);
			at = dns_load_records_next(records, at);
		}
	}
	return choice;
}

static void
tell_broken(const struct dns_load_chain *chain, struct dns_load_report *report)
{
	for (uint32_t i = 0; i < chain->count; i++) {
		const struct dns_load_record *record = chain->sources[i].record;
		uint32_t next = i + 1 < chain->count ? i + 1 : 0;
		uint8_t says[DNS_NSEC3_LABEL], is[DNS_NSEC3_LABEL];

		if (is_next(chain, i, next))
			continue;
		dns_base32_encode(
		    says, fields_of(record).next.data, DNS_NSEC3_HASH_SIZE);
		dns_base32_encode(
		    is, chain->links[next].hash, DNS_NSEC3_HASH_SIZE);
		dns_load_report_warning(report, record->file, record->line,
		    "%.*s is the next hash as this NSEC3 says, but that is "
		    "%.*s",
		    DNS_NSEC3_LABEL, (const char *)says, DNS_NSEC3_LABEL,
		    (const char *)is);
	}
}

/* Brings the links of the chain in front of the others, either in order. */
static bool
put_first(struct dns_load_chain *chain,
    const struct dns_dnssec_nsec3 *parameters, uint32_t count)
{
	struct dns_load_chain sorted = {0};

	for (unsigned others = 0; others < 2; others++)
		for (uint32_t i = 0; i < chain->all; i++)
			if (is_of(chain, i, parameters) != (others == 1) &&
			    !add_link(&sorted, chain->links[i].hash,
			        &chain->sources[i])) {
				dns_load_chain_close(&sorted);
				return false;
			}
	free(chain->links);
	free(chain->sources);
	chain->links = sorted.links;
	chain->sources = sorted.sources;
	chain->cap = sorted.cap;
	chain->count = count;
	return true;
}

bool
dns_load_chain_open(struct dns_load_chain *chain,
    const struct dns_load_records *records, struct dns_load_report *report)
{
	*chain = (struct dns_load_chain){.report = report};
	if (records->nsec3_count == 0)
		return true;
	if (!take_links(chain, records, report))
		return false;
	struct choice choice = choose(chain, records, report);

	if (choice.record == NULL)
		return true;
	struct dns_dnssec_nsec3 parameters = fields_of(choice.record);

	chain->iterations = parameters.iterations;
	chain->salt = parameters.salt;
	chain->digest = digest_open();
	if (chain->digest == NULL ||
	    !put_first(chain, &parameters, choice.count))
		return false;
	tell_broken(chain, report);
	return true;
}

void
dns_load_chain_close(struct dns_load_chain *chain)
{
	digest_close(chain->digest);
	free(chain->links);
	free(chain->sources);
	*chain = (struct dns_load_chain){0};
}
