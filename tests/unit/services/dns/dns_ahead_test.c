/* dns_ahead_test.c — a batch that is read ahead is answered as if it had come
 * one by one, whatever its queries hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "load_fixture.h"
#include "query_fixture.h"

#include "services/dns/dns_ahead.h"

/* Of every kind that the zones hold, of none of theirs, of one that has not
 * loaded; a half of them is cut, so that it is FORMERR or SILENT. */
static unsigned
make_batch(struct query queries[SERVICE_BATCH_MAX])
{
	static const char *const names[] = {"example.", "www.example",
	    "alias.example", "mail.example", "x.wild.example",
	    "no.such.example", "host.sub.example", "x.old.example", ".",
	    "test.", "nowhere.", "failed.", "a.b.failed.", "x.y.ent.example",
	    "ent.example", "loop1.example"};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		queries[count++] = query_for(names[i], DNS_TYPE_A);
		queries[count] = query_for(names[i], DNS_TYPE_DS);
		queries[count].len -= i;
		count++;
	}
	assert_true(count <= SERVICE_BATCH_MAX);
	return count;
}

static void
assert_same_answers(struct query_fixture *fixture, struct dns_ahead *ahead,
    const struct query *queries, unsigned count)
{
	struct span spans[SERVICE_BATCH_MAX] = {{0}};
	uint8_t out[DNS_UDP_MAX];

	for (unsigned i = 0; i < count; i++)
		spans[i] = (struct span){queries[i].bytes, queries[i].len};
	dns_ahead_read(ahead, spans, count);
	for (unsigned i = 0; i < count; i++) {
		struct dns_answer one = dns_answer(&fixture->context, spans[i],
		    (struct space){fixture->reply, DNS_UDP_MAX});
		struct dns_answer ahead_one = dns_answer_message(
		    &fixture->context, &ahead->queries[i].message,
		    ahead->queries[i].kind, (struct space){out, sizeof(out)});

		assert_int_equal(ahead_one.outcome, one.outcome);
		assert_int_equal(ahead_one.len, one.len);
		assert_memory_equal(out, fixture->reply, one.len);
	}
}

static void
batch_is_answered_as_one_by_one(void **state)
{
	static struct dns_ahead ahead;
	struct query queries[SERVICE_BATCH_MAX];
	unsigned count = make_batch(queries);
	struct query_fixture *fixture = query_fixture();

	(void)state;
	ahead.catalog = fixture->catalog;
	for (unsigned fetching = 0; fetching < 2; fetching++) {
		ahead.is_fetching = fetching != 0;
		assert_same_answers(fixture, &ahead, queries, count);
		assert_same_answers(fixture, &ahead, queries, 1);
		/* The next batch leaves nothing of this one. */
		assert_same_answers(fixture, &ahead, queries + 3, count - 3);
		dns_ahead_read(&ahead, NULL, 0);
	}
}

static void
zone_without_data_is_not_searched(void **state)
{
	static struct dns_ahead ahead;
	struct load_fixture *load = load_fixture_open();
	struct query query = query_for("x.broken", DNS_TYPE_A);
	struct span twice[2] = {
	    {query.bytes, query.len}, {query.bytes, query.len}};

	(void)state;
	load_fixture_load(load, "zone \"broken\" { file = \"missing\" }\n");
	ahead.catalog = dns_catalog_of(load->part);
	ahead.is_fetching = true;
	dns_ahead_read(&ahead, twice, 2);
	assert_int_equal(ahead.queries[1].kind, DNS_MESSAGE_QUERY);
	load_fixture_close(load);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(batch_is_answered_as_one_by_one),
	    cmocka_unit_test(zone_without_data_is_not_searched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
