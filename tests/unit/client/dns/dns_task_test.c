/* dns_task_test.c — the words of `netlab dns`, in any order. */
#include "client/dns/dns_task.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "client/verb.h"
#include "client/verbs.h"
#include "services/dns/dns_name.h"

enum { WORDS_MAX = 16 };

static struct dns_task task;
static char line[256];

/* Reads WORDS, one blank apart, as the verb gets them. */
static int
read_words(const char *words)
{
	char *list[WORDS_MAX + 1];
	struct options options;
	size_t count = 0;

	(void)strncpy(line, words, sizeof(line) - 1);
	for (char *word = strtok(line, " "); word != NULL && count < WORDS_MAX;
	     word = strtok(NULL, " "))
		list[count++] = word;
	list[count] = NULL;
	int result = options_read(&verb_dns, list, &options);

	return result == VERB_GOOD ? dns_task_read(&task, &options, list)
	                           : result;
}

static void
expect(const char *words, const char *name, uint16_t type, uint16_t class)
{
	char text[DNS_NAME_TEXT_MAX];

	if (read_words(words) != VERB_GOOD)
		fail_msg("refused: %s", words);
	assert_string_equal(dns_name_format(task.name, text), name);
	assert_int_equal(task.type, type);
	assert_int_equal(task.class, class);
}

static void
words_in_any_order(void **state)
{
	(void)state;
	expect("google.com", "google.com.", 1, 1);
	assert_null(task.server);
	expect("MX google.com", "google.com.", 15, 1);
	expect("google.com @::1 mx", "google.com.", 15, 1);
	assert_string_equal(task.server, "::1");
	expect("ch version.server txt", "version.server.", 16, 3);
	expect("txt -p 53 @a:10 hs x", "x.", 16, 4);
	expect("any google.com", "google.com.", 255, 1);
	/* A dot makes a name of what else is a type. */
	expect("mx. ns", "mx.", 2, 1);
	expect("TYPE65280 CLASS5 . +tcp", ".", 65280, 5);
	expect("x --class any", "x.", 1, 255);
	expect("-- -x- a", "-x-.", 1, 1);
	expect("b\\228d\\.e", "b\\228d\\.e.", 1, 1);
}

static void
addresses_are_reversed(void **state)
{
	(void)state;
	expect("-x 192.0.2.25", "25.2.0.192.in-addr.arpa.", 12, 1);
	expect("::1 --reverse any",
	    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	    "ip6.arpa.",
	    255, 1);
}

static void
zones_and_their_serials(void **state)
{
	(void)state;
	expect("netlab.test axfr", "netlab.test.", 252, 1);
	expect("IXFR=4294967295 netlab.test", "netlab.test.", 251, 1);
	assert_int_equal(task.serial, UINT32_MAX);
	expect("ixfr netlab.test", "netlab.test.", 251, 1);
	assert_int_equal(task.serial, 0);
	/* A name, then. */
	expect("ixfr=4294967296", "ixfr\\=4294967296.", 1, 1);
}

static void
flags_of_dig(void **state)
{
	const struct options *options = &task.options;

	(void)state;
	expect("x +tcp +short +json +dnssec +nsid +norec +ignore", "x.", 1, 1);
	assert_int_equal(options->transport, OPTIONS_BY_TCP);
	assert_true(options->is_short && options->is_json);
	assert_true(options_has(options, OPTIONS_DNSSEC));
	assert_true(options_has(options, OPTIONS_NSID));
	assert_true(options_has(options, OPTIONS_NO_RECURSE));
	assert_true(options_has(options, OPTIONS_NO_RETRY));
	expect("x -tsjD --nsid --no-edns +edns +notcp +noshort +nojson +nodo "
	       "+nonsid +norecurse +rec",
	    "x.", 1, 1);
	assert_int_equal(options->transport, OPTIONS_ANY_TRANSPORT);
	assert_false(options->is_short || options->is_json);
	assert_int_equal(options->given & (OPTIONS_BIT(OPTIONS_DNSSEC) |
	                                      OPTIONS_BIT(OPTIONS_NSID) |
	                                      OPTIONS_BIT(OPTIONS_NO_EDNS) |
	                                      OPTIONS_BIT(OPTIONS_NO_RECURSE)),
	    0);
	expect("x +bufsize=4096 +time=7 +nocookie", "x.", 1, 1);
	assert_int_equal(options->bufsize, 4096);
	assert_int_equal(options->timeout_ms, 7000);
	assert_true(task.has_no_cookie);
}

static void
words_that_are_wrong(void **state)
{
	static const char *const cases[] = {
	    "",
	    "mx",
	    "x y",
	    "any any",
	    "x @a @b",
	    "x @",
	    "x opt",
	    "x +",
	    "x +no",
	    "x +foo",
	    "x +bufsize=511",
	    "x +bufsize=65536",
	    "x +bufsize",
	    "x +time=0",
	    "x +notime=1",
	    "x +time=1s",
	    "x --class foo",
	    "-x google.com",
	    "-x 192.0.2.256",
	    "m\xc3\xbc.de",
	    "a..b",
	    ".a",
	    "\\256",
	    "0123456789012345678901234567890123456789012345678901234567890123",
	    "x --no-edns --dnssec",
	    "x +noedns --nsid",
	    "x --no-edns --bufsize 512",
	    "--lecture x",
	    "--lecture mx",
	    "--lecture --json",
	    "--lecture -s",
	    "--lecture -x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (read_words(cases[i]) != VERB_USAGE)
			fail_msg("taken: %s", cases[i]);
}

static void
the_lecture_needs_no_name(void **state)
{
	(void)state;
	assert_int_equal(read_words("--lecture @127.0.0.1"), VERB_GOOD);
	assert_int_equal(task.type, 1);
	assert_int_equal(dns_task_read_name(&task, "google.com"), VERB_GOOD);
	assert_int_equal(dns_name_length(task.name), 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_in_any_order),
	    cmocka_unit_test(addresses_are_reversed),
	    cmocka_unit_test(zones_and_their_serials),
	    cmocka_unit_test(flags_of_dig),
	    cmocka_unit_test(words_that_are_wrong),
	    cmocka_unit_test(the_lecture_needs_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
