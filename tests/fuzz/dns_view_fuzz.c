/*
 * dns_view_fuzz.c — any bytes as a message: all that is said of its records
 * lies within it and can be printed, and it is as many as the header says.
 */
#include "services/dns/dns_name.h"
#include "services/dns/dns_query.h"
#include "services/dns/dns_text_record.h"
#include "services/dns/dns_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
expect(bool is_right, const char *what)
{
	if (is_right)
		return;
	(void)fprintf(stderr, "wrong: %s\n", what);
	abort();
}

static void
expect_record(struct span message, const struct dns_view_record *record)
{
	static uint8_t space[DNS_TEXT_MAX], whole[DNS_VIEW_DATA_MAX];
	struct dns_text text =
	    dns_text_open((struct space){space, sizeof(space)});
	char name[DNS_NAME_TEXT_MAX];

	expect(record->at < message.len, "place");
	expect(
	    dns_name_measure(record->name, sizeof(record->name)) > 0, "name");
	expect(strlen(dns_name_format(record->name, name)) < sizeof(name),
	    "name as text");
	if (record->section == DNS_VIEW_QUESTION)
		return;
	expect(record->data_at <= message.len &&
	           record->data_len <= message.len - record->data_at,
	    "data");
	dns_text_record_data(&text, record->data_type, message.data,
	    record->data_at, record->data_len);
	expect(!text.is_full && text.len > 0, "data as text");
	expect(dns_view_data(message, record, whole) <= sizeof(whole),
	    "data in full");
}

static void
expect_options(struct span message)
{
	struct dns_view_edns edns;
	struct span data;
	uint16_t code;
	unsigned rcode;

	(void)dns_view_check(message, &edns, &rcode);
	expect(rcode < 4096, "rcode");
	while (dns_view_option(&edns.options, &code, &data))
		expect(data.data >= message.data &&
		           data.len <=
		               message.len - (size_t)(data.data - message.data),
		    "option");
	expect(edns.options.len == 0, "options");
}

/* The message as a response to one of our queries, and to itself as a query. */
static void
match(struct span message)
{
	static const uint8_t root[1] = {0};
	uint8_t out[DNS_QUERY_MAX], own[DNS_QUERY_MAX];
	const struct dns_query query = {
	    .qname = root,
	    .qtype = DNS_TYPE_A,
	    .qclass = DNS_CLASS_IN,
	    .has_edns = true,
	    .cookie = {out, DNS_COOKIE_CLIENT_SIZE},
	};

	memset(out, 'c', sizeof(out));
	struct span sent = {own, dns_query_write(&query, own)};

	(void)dns_query_matches(sent, message, false);
	if (message.len < 2)
		return;
	memcpy(own, message.data, 2);
	(void)dns_query_matches(sent, message, false);
	(void)dns_query_matches(sent, message, true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span message = {data, size};
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;
	unsigned count = 0;

	while (dns_view_next(&view, &record)) {
		expect_record(message, &record);
		count++;
	}
	if (view.fault == NULL)
		expect(count == (unsigned)view.counts[0] + view.counts[1] +
		                    view.counts[2] + view.counts[3],
		    "count");
	expect_options(message);
	match(message);
	return 0;
}
