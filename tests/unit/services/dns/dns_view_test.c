/* dns_view_test.c — messages record by record, well made and not. */
#include "services/dns/dns_view.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "query_fixture.h"
#include "services/dns/dns_outcome.h"

#define HEADER(qd, an, ns, ar) "\xff\x9b\x85\x80\0" qd "\0" an "\0" ns "\0" ar
#define QUESTION "\6google\3com\0\0\1\0\1"
#define RECORD "\300\14\0\1\0\1\0\0\1\4\0\4\300\245\1\1"
#define OPT "\0\0\51\4\320\1\0\200\0\0\4\0\3\0\0"

/* What is wrong with the literal MESSAGE. */
static const char *
check(const char *message, size_t len)
{
	struct dns_view_edns edns;
	unsigned rcode;

	return dns_view_check(
	    (struct span){(const uint8_t *)message, len}, &edns, &rcode);
}

#define CHECK(literal) check(literal, sizeof(literal) - 1)

static void
each_record_in_its_section(void **state)
{
	static const uint8_t message[] = HEADER("\1", "\1", "\1", "\2")
	    QUESTION RECORD "\3www\300\14\0\1\0\1\0\0\1\4\0\4\300\245\1\2"
	                    "\300\54\0\5\0\1\200\0\0\0\0\2\300\14" OPT;
	struct dns_view view =
	    dns_view_open((struct span){message, sizeof(message) - 1});
	struct dns_view_record record;
	char text[DNS_NAME_TEXT_MAX];

	(void)state;
	assert_int_equal(view.id, 0xff9b);
	assert_int_equal(view.flags, 0x8580);
	assert_true(dns_view_next(&view, &record));
	assert_int_equal(record.section, DNS_VIEW_QUESTION);
	assert_int_equal(record.at, 12);
	assert_string_equal(dns_name_format(record.name, text), "google.com.");
	assert_int_equal(record.type, DNS_TYPE_A);
	assert_int_equal(record.class, DNS_CLASS_IN);
	assert_true(dns_view_next(&view, &record));
	assert_int_equal(record.section, DNS_VIEW_ANSWER);
	assert_int_equal(record.at, 28);
	assert_int_equal(record.ttl, 260);
	assert_int_equal(record.data_len, 4);
	assert_memory_equal(message + record.data_at, "\300\245\1\1", 4);
	assert_true(dns_view_next(&view, &record));
	assert_int_equal(record.section, DNS_VIEW_AUTHORITY);
	assert_string_equal(
	    dns_name_format(record.name, text), "www.google.com.");
	assert_true(dns_view_next(&view, &record));
	assert_int_equal(record.section, DNS_VIEW_ADDITIONAL);
	assert_int_equal(record.type, DNS_TYPE_CNAME);
	assert_int_equal(record.ttl, 0x80000000);
	assert_true(dns_view_next(&view, &record));
	assert_int_equal(record.type, DNS_TYPE_OPT);
	assert_false(dns_view_next(&view, &record));
	assert_null(view.fault);
	assert_false(dns_view_next(&view, &record));
}

static void
edns_has_the_high_bits_of_the_rcode(void **state)
{
	static const uint8_t message[] =
	    HEADER("\1", "\0", "\0", "\1") QUESTION OPT;
	struct dns_view_edns edns;
	struct span data;
	uint16_t code;
	unsigned rcode;

	(void)state;
	assert_null(dns_view_check(
	    (struct span){message, sizeof(message) - 1}, &edns, &rcode));
	assert_int_equal(rcode, DNS_RCODE_BADVERS);
	assert_true(edns.is_there);
	assert_int_equal(edns.udp_size, 1232);
	assert_int_equal(edns.version, 0);
	assert_true(edns.is_dnssec_ok);
	assert_true(dns_view_option(&edns.options, &code, &data));
	assert_int_equal(code, DNS_OPTION_NSID);
	assert_int_equal(data.len, 0);
	assert_false(dns_view_option(&edns.options, &code, &data));
}

static void
classes_decide_what_data_is(void **state)
{
	static const uint8_t message[] = HEADER("\0", "\3", "\0",
	    "\0") "\0\0\1\0\3\0\0\0\0\0\1x" /* A of CH: not 4 bytes */
	          "\0\0\20\0\3\0\0\0\0\0\2\1x"
	          "\0\0\41\0\3\0\0\0\0\0\0";
	static const unsigned types[] = {0, DNS_TYPE_TXT, 0};
	struct dns_view view =
	    dns_view_open((struct span){message, sizeof(message) - 1});
	struct dns_view_record record;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		assert_true(dns_view_next(&view, &record));
		assert_int_equal(record.data_type, types[i]);
	}
	assert_false(dns_view_next(&view, &record));
	assert_null(view.fault);
}

static void
data_has_its_names_in_full(void **state)
{
	static const uint8_t message[] = HEADER("\1", "\4", "\0", "\0") QUESTION
	    "\300\14\0\17\0\1\0\0\0\0\0\7\0\12\2mx\300\14"
	    "\300\14\0\6\0\1\0\0\0\0\0\30\300\14\300\23"
	    "abcdefghijklmnopqrst"
	    "\300\14\0\1\0\1\0\0\0\0\0\4\1\2\3\4"
	    "\300\14\377\0\0\1\0\0\0\0\0\2\300\14";
	static const struct {
		size_t len;
		const char *bytes;
	} data[] = {
	    {17, "\0\12\2mx\6google\3com"},
	    {37, "\6google\3com\0\3com\0abcdefghijklmnopqrst"}, {4, "\1\2\3\4"},
	    {2, "\300\14"}, /* of an unknown type: as it is */
	};
	struct span bytes = {message, sizeof(message) - 1};
	struct dns_view view = dns_view_open(bytes);
	struct dns_view_record record;
	uint8_t out[DNS_VIEW_DATA_MAX];

	(void)state;
	assert_true(dns_view_next(&view, &record));
	for (size_t i = 0; i < sizeof(data) / sizeof(data[0]); i++) {
		assert_true(dns_view_next(&view, &record));
		assert_int_equal(
		    dns_view_data(bytes, &record, out), data[i].len);
		assert_memory_equal(out, data[i].bytes, data[i].len);
	}
	assert_false(dns_view_next(&view, &record));
	assert_null(view.fault);
}

static void
faults_are_named(void **state)
{
	(void)state;
	assert_null(CHECK(HEADER("\1", "\1", "\0", "\1") QUESTION RECORD OPT));
	assert_string_equal(CHECK("\1\2"), "shorter than a header");
	assert_string_equal(CHECK(HEADER("\1", "\0", "\0", "\0") "\1a\0\0\1"),
	    "a question that is cut off");
	assert_string_equal(CHECK(HEADER("\2", "\0", "\0", "\0") QUESTION),
	    "fewer records than the header says");
	assert_string_equal(CHECK(HEADER("\1", "\0", "\0", "\0") QUESTION "x"),
	    "bytes behind the last record");
	assert_string_equal(
	    CHECK(HEADER("\0", "\1", "\0", "\0") "\0\0\1\0\1\0\0\0\0\0"),
	    "a record that is cut off");
	assert_string_equal(
	    CHECK(HEADER("\0", "\1", "\0", "\0") "\0\0\1\0\1\0\0\0\0\0\4abc"),
	    "RDATA that is cut off");
	assert_string_equal(
	    CHECK(HEADER("\0", "\1", "\0", "\0") "\0\0\1\0\1\0\0\0\0\0\3abc"),
	    "RDATA that is not as its type demands");
	assert_string_equal(CHECK(HEADER("\0", "\1", "\0",
	                        "\0") "\0\0\2\0\1\0\0\0\0\0\2\300\27"),
	    "RDATA that is not as its type demands");
}

static void
names_that_are_none_are_named(void **state)
{
	char longest[12 + 4 * 64 + 4] = HEADER("\1", "\0", "\0", "\0");

	(void)state;
	assert_string_equal(CHECK(HEADER("\1", "\0", "\0", "\0") "\77abc"),
	    "a name that is cut off");
	assert_string_equal(CHECK(HEADER("\1", "\0", "\0", "\0") "\300"),
	    "a name that is cut off");
	assert_string_equal(
	    CHECK(HEADER("\1", "\0", "\0", "\0") "\300\14\0\1\0\1"),
	    "a name with a pointer that leads forward");
	assert_string_equal(
	    CHECK(HEADER("\1", "\0", "\0", "\0") "\1a\300\14\0\1\0\1"),
	    "a name with a pointer that leads forward");
	assert_string_equal(CHECK(HEADER("\1", "\0", "\0", "\0") "\100a\0"),
	    "a name with a label of no known kind");
	for (size_t at = 12; at + 64 < sizeof(longest); at += 64)
		longest[at] = 63;
	assert_string_equal(
	    check(longest, sizeof(longest)), "a name above 255 bytes");
}

static void
opt_records_that_may_not_be(void **state)
{
	(void)state;
	assert_string_equal(CHECK(HEADER("\0", "\1", "\0", "\0") OPT),
	    "OPT outside the additional section");
	assert_string_equal(CHECK(HEADER("\0", "\0", "\0", "\2") OPT OPT),
	    "a second OPT record");
	assert_string_equal(
	    CHECK(HEADER("\0", "\0", "\0", "\1") "\1a\0\0\51\0\0\0\0\0\0\0\0"),
	    "OPT with a name");
	assert_string_equal(CHECK(HEADER("\0", "\0", "\0", "\1") "\0\0\51\0\0\0"
	                                                         "\0\0\0\0\3"
	                                                         "\0\3\0"),
	    "OPT with an option that is cut off");
	assert_string_equal(CHECK(HEADER("\0", "\0", "\0", "\1") "\0\0\51\0\0\0"
	                                                         "\0\0\0\0\4"
	                                                         "\0\3\0\1"),
	    "OPT with an option that is cut off");
}

/* No prefix of a message is one, and each says so. */
static void
messages_cut_anywhere(void **state)
{
	static const char message[] =
	    HEADER("\1", "\1", "\0", "\1") QUESTION RECORD OPT;

	(void)state;
	for (size_t len = 0; len < sizeof(message) - 1; len++)
		assert_non_null(check(message, len));
}

static void
expect_good(const struct query_fixture *fixture, size_t len)
{
	assert_null(check((const char *)fixture->reply, len));
}

/* What our own answers hold: those to the seeds of dns_answer_fuzz.c. */
static void
every_answer_of_ours_is_well_made(void **state)
{
	static const char folder[] = "tests/fuzz/corpus/dns_answer";
	struct query_fixture *fixture = query_fixture();
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	unsigned count = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		uint8_t seed[DNS_TCP_MAX];
		char path[512];

		(void)snprintf(
		    path, sizeof(path), "%s/%s", folder, entry->d_name);
		FILE *file = fopen(path, "re");

		assert_non_null(file);
		size_t len = fread(seed, 1, sizeof(seed), file);

		(void)fclose(file);
		if (len == 0)
			continue;
		fixture->context.transport =
		    (seed[0] & 1) != 0 ? TRANSPORT_TCP : TRANSPORT_UDP;
		struct dns_answer answer = dns_answer(&fixture->context,
		    (struct span){seed + 1, len - 1},
		    (struct space){fixture->reply, DNS_TCP_MAX});

		if (answer.len > 0)
			expect_good(fixture, answer.len);
		count += answer.len > 0;
	}
	(void)closedir(dir);
	assert_in_range(count, 30, 1000);
}

static void
answers_of_each_kind_are_well_made(void **state)
{
	static const char *const names[] = {"example", "www.example",
	    "nowhere.example", "a.b.example", "invalid", "."};
	static const uint16_t types[] = {DNS_TYPE_A, DNS_TYPE_NS, DNS_TYPE_SOA,
	    DNS_TYPE_MX, DNS_TYPE_TXT, DNS_TYPE_ANY, DNS_TYPE_AXFR};
	struct query_fixture *fixture = query_fixture();

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t j = 0; j < sizeof(types) / sizeof(types[0]); j++) {
			struct query query = query_for(names[i], types[j]);

			query_add_opt(&query, 1232, DNS_OPT_DO);
			struct dns_answer answer = dns_answer(&fixture->context,
			    (struct span){query.bytes, query.len},
			    (struct space){fixture->reply, DNS_UDP_MAX});

			assert_int_not_equal(answer.len, 0);
			expect_good(fixture, answer.len);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_record_in_its_section),
	    cmocka_unit_test(edns_has_the_high_bits_of_the_rcode),
	    cmocka_unit_test(classes_decide_what_data_is),
	    cmocka_unit_test(data_has_its_names_in_full),
	    cmocka_unit_test(faults_are_named),
	    cmocka_unit_test(names_that_are_none_are_named),
	    cmocka_unit_test(opt_records_that_may_not_be),
	    cmocka_unit_test(messages_cut_anywhere),
	    cmocka_unit_test(every_answer_of_ours_is_well_made),
	    cmocka_unit_test(answers_of_each_kind_are_well_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
