/*
 * zone_text_fuzz.c — any bytes as a master file: it is refused, or makes a
 * block whose every offset is right, whose every RRset can be placed anywhere,
 * and whose own text is taken and makes a block of the same text.
 */
#include "services/dns/dns_load_build.h"
#include "services/dns/dns_load_text.h"
#include "services/dns/dns_rrset.h"
#include "services/dns/dns_text_zone.h"
#include "services/dns/dns_zone_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
tell(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	(void)line;
}

static void
fail(const char *what)
{
	(void)fprintf(stderr, "%s\n", what);
	abort();
}

static void
place_all(const struct dns_zone *zone)
{
	static uint8_t message[DNS_FIX_SELF_MAX + DNS_TCP_MAX];
	const struct dns_owner owner = {
	    .owner = 12,
	    .head = 100,
	    .head_len = 2,
	    .tail = 300,
	};

	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);
		const struct dns_rrset *rrsets = dns_node_rrsets(node);

		for (unsigned n = 0; n < node->rrset_count; n++)
			dns_rrset_place(zone, &rrsets[n], true, message,
			    DNS_FIX_SELF_MAX, &owner);
	}
}

/* Names that are not there: an ancestor always is. */
static void
look_around(const struct dns_zone *zone, const uint8_t *data, size_t size)
{
	uint8_t name[DNS_NAME_MAX + 64];
	size_t len = 0, skipped;

	while (size > 0 && len < 200) {
		size_t label = data[0] % 60u + 1u;

		data++;
		size--;
		if (label > size || len + label > 200)
			break;
		name[len] = (uint8_t)label;
		dns_name_lower(name + len + 1, data, label);
		len += 1 + label;
		data += label;
		size -= label;
	}
	memcpy(name + len, zone->name, zone->apex_len);
	len += zone->apex_len;
	if (dns_zone_find(zone, name, len) == NULL &&
	    dns_zone_encloser(zone, name, len, &skipped) == NULL)
		fail("no encloser");
}

/* The block of RECORDS, to be freed; NULL: they are no zone. That of a text
 * with mistakes is made to tell all of them, and thrown away. */
static struct dns_zone *
build(struct dns_load_records *records, struct dns_load_report *report,
    const uint64_t content[2])
{
	size_t cap = (size_t)dns_load_build_size(records, report);
	size_t aligned = (cap + DNS_ZONE_ALIGN) & ~(size_t)(DNS_ZONE_ALIGN - 1);
	uint8_t *block = aligned_alloc(DNS_ZONE_ALIGN, aligned);

	if (block == NULL)
		fail("memory");
	memset(block, 0, aligned);
	size_t used = dns_load_build(records, report, content, block);

	if (used > cap)
		fail("longer than it said");
	if (used == 0 || report->errors > 0) {
		free(block);
		return NULL;
	}
	const char *error = dns_zone_check(block, used);

	if (error != NULL)
		fail(error);
	return (struct dns_zone *)(void *)block;
}

/* The block of TEXT, to be freed; NULL: it has mistakes. */
static struct dns_zone *
load(struct span text)
{
	static const uint8_t apex[] = "\7example";
	struct report report = {.tell = tell};
	struct dns_load_report problems = {
	    .report = &report, .zone = "x", .conf = "conf"};
	struct dns_load_records records;
	uint64_t content[2] = {0};
	char path[32];
	int fd = memfd_create("zone", MFD_CLOEXEC);

	if (fd == -1 || write(fd, text.data, text.len) != (ssize_t)text.len)
		fail("memfd");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	dns_load_records_open(&records, apex, sizeof(apex));
	dns_load_text_read(path, &records, &problems, content);
	struct dns_zone *zone = build(&records, &problems, content);

	dns_load_records_close(&records);
	dns_load_report_close(&problems);
	close(fd);
	return zone;
}

/* ZONE as text, to be freed. */
static struct dns_text
write_text(const struct dns_zone *zone)
{
	static uint8_t line[DNS_TEXT_ZONE_RECORD_MAX];
	static uint8_t message[DNS_TEXT_ZONE_MESSAGE];
	struct dns_text_zone walk = dns_text_zone_open(zone, message);
	struct dns_text all = {0};

	for (;;) {
		struct dns_text text =
		    dns_text_open((struct space){line, sizeof(line)});

		if (!dns_text_zone_next(&walk, &text))
			return all;
		if (text.is_full)
			fail("longer than any record");
		if (text.len > all.cap - all.len) {
			all.cap = 2 * (all.cap + text.len);
			all.out = realloc(all.out, all.cap);
		}
		if (all.out == NULL)
			fail("memory");
		memcpy(all.out + all.len, text.out, text.len);
		all.len += text.len;
	}
}

/* The text of ZONE is taken, and is that of what is made of it. */
static void
go_round(const struct dns_zone *zone)
{
	struct dns_text first = write_text(zone);
	struct dns_zone *again =
	    load((struct span){(const uint8_t *)first.out, first.len});

	if (again == NULL)
		fail("its own text is refused");
	struct dns_text second = write_text(again);

	if (first.len != second.len ||
	    memcmp(first.out, second.out, first.len) != 0)
		fail("its own text makes another");
	free(again);
	free(first.out);
	free(second.out);
}

/* A $GENERATE of a million lines finds nothing that one of 999 does not. */
static bool
is_slow(const uint8_t *data, size_t size)
{
	unsigned digits = 0;

	if (memmem(data, size, "$", 1) == NULL)
		return false;
	for (size_t i = 0; i < size && digits < 4; i++)
		digits = data[i] >= '0' && data[i] <= '9' ? digits + 1 : 0;
	return digits == 4;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (is_slow(data, size))
		return -1;
	struct dns_zone *zone = load((struct span){data, size});

	if (zone != NULL) {
		place_all(zone);
		look_around(zone, data, size);
		go_round(zone);
	}
	free(zone);
	return 0;
}
