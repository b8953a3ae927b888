/* options_test.c — the options of all verbs, and how they are read. */
#include "client/options.h"

#include "client/verbs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORD_MAX = 12 };

static struct options options;
static char *words[WORD_MAX + 1];
static char complaint[2048];

/* Reads ARGUMENTS for VERB; what it says of them, on standard error, is in
 * COMPLAINT. */
static int
read_words(const struct verb *verb, char **arguments)
{
	int kept = dup(STDERR_FILENO);
	int file = memfd_create("stderr", MFD_CLOEXEC);

	assert_int_not_equal(kept, -1);
	assert_int_not_equal(file, -1);
	dup2(file, STDERR_FILENO);
	int status = options_read(verb, arguments, &options);

	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	ssize_t len = pread(file, complaint, sizeof(complaint) - 1, 0);

	complaint[len < 0 ? 0 : len] = '\0';
	close(kept);
	close(file);
	return status;
}

/* A verb that takes the options of BITS and up to four other words. */
static int
read_bits(uint64_t bits, ...)
{
	const struct verb verb = {
	    .name = "try",
	    .usage = "WORD …",
	    .options = bits,
	    .most = 4,
	};
	va_list args;
	size_t count = 0;

	va_start(args, bits);
	while (
	    count < WORD_MAX && (words[count] = va_arg(args, char *)) != NULL)
		count++;
	va_end(args);
	words[count] = NULL;
	return read_words(&verb, words);
}

static const uint64_t all = (UINT64_C(1) << OPTIONS_ID_COUNT) - 1;

static void
assert_one_line(const char *expected)
{
	assert_string_equal(complaint, expected);
}

/* What may follow the name, and what may not; NULL: all is good, or nothing is
 * taken. */
static const struct {
	const char *good, *bad;
} values[OPTIONS_ID_COUNT] = {
    [OPTIONS_PORT] = {"65535", "65536"},
    [OPTIONS_TIMEOUT] = {"0.001", "0.0001"},
    [OPTIONS_HEX] = {"plain", "plane"},
    [OPTIONS_COLOR] = {"never", ""},
    [OPTIONS_SEED] = {"18446744073709551615", "18446744073709551616"},
    [OPTIONS_BUFSIZE] = {"512", "511"},
    [OPTIONS_CLASS] = {"ch", NULL},
    [OPTIONS_HEADER] = {"A: b", NULL},
    [OPTIONS_OUTPUT] = {"file", NULL},
    [OPTIONS_COUNT] = {"1", "0"},
    [OPTIONS_VERSION] = {"4", "5"},
    [OPTIONS_NAME] = {"anna", NULL},
    [OPTIONS_LISTEN] = {"31622", "0"},
    [OPTIONS_PEER] = {"host:1", NULL},
    [OPTIONS_INTERFACE] = {"lo", NULL},
    [OPTIONS_READ] = {"file", NULL},
    [OPTIONS_WRITE] = {"file", NULL},
    [OPTIONS_CONFIG] = {"file", NULL},
    [OPTIONS_WATCH] = {"3600", "3601"},
};

static bool
needs_argument(unsigned id)
{
	return options_rows[id].argument != NULL &&
	       options_rows[id].argument[0] != '[';
}

static void
test_each_by_its_name(void **state)
{
	char word[64];

	(void)state;
	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++) {
		const struct options_row *row = &options_rows[id];
		bool takes = row->argument != NULL;

		assert_non_null(row->name);
		assert_non_null(row->help);
		assert_true(takes == (values[id].good != NULL));
		snprintf(word, sizeof(word), "--%s", row->name);
		if (!needs_argument(id)) {
			assert_int_equal(
			    read_bits(OPTIONS_BIT(id), word, NULL), VERB_GOOD);
			assert_true(options.given == OPTIONS_BIT(id));
		} else {
			assert_int_equal(read_bits(OPTIONS_BIT(id), word,
			                     values[id].good, NULL),
			    VERB_GOOD);
			assert_null(words[0]);
		}
		snprintf(word, sizeof(word), "--%s=%s", row->name,
		    takes ? values[id].good : "x");
		assert_int_equal(read_bits(OPTIONS_BIT(id), word, NULL),
		    takes ? VERB_GOOD : VERB_USAGE);
	}
}

static void
test_each_by_its_letter(void **state)
{
	char word[64];

	(void)state;
	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++) {
		const struct options_row *row = &options_rows[id];

		if (row->letter == 0)
			continue;
		snprintf(word, sizeof(word), "-%c%s", row->letter,
		    needs_argument(id) ? values[id].good : "");
		assert_int_equal(
		    read_bits(OPTIONS_BIT(id), word, NULL), VERB_GOOD);
		assert_true(options.given == OPTIONS_BIT(id));
		if (!needs_argument(id))
			continue;
		word[2] = '\0';
		assert_int_equal(
		    read_bits(OPTIONS_BIT(id), word, values[id].good, NULL),
		    VERB_GOOD);
		assert_null(words[0]);
	}
}

static void
test_each_with_a_wrong_value_is_one_line(void **state)
{
	char word[64], begin[64];

	(void)state;
	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++) {
		if (values[id].bad == NULL)
			continue;
		snprintf(word, sizeof(word), "--%s=%s", options_rows[id].name,
		    values[id].bad);
		assert_int_equal(read_bits(all, word, NULL), VERB_USAGE);
		snprintf(begin, sizeof(begin), "netlab: --%s: \"%s\" is not ",
		    options_rows[id].name, values[id].bad);
		assert_memory_equal(complaint, begin, strlen(begin));
		assert_ptr_equal(
		    strchr(complaint, '\n'), complaint + strlen(complaint) - 1);
	}
}

static void
test_what_is_meant(void **state)
{
	(void)state;
	assert_int_equal(
	    read_bits(all, "-6tp", "53", "--timeout=2.5", "-sj", "--hex",
	        "--seed=0x10", "--watch", "--bufsize", "4096", NULL),
	    VERB_GOOD);
	assert_int_equal(options.family, AF_INET6);
	assert_int_equal(options.transport, OPTIONS_BY_TCP);
	assert_int_equal(options.port, 53);
	assert_int_equal(options.timeout_ms, 2500);
	assert_true(options.is_short);
	assert_true(options.is_json);
	assert_int_equal(options.hex, OPTIONS_HEX_FIELDS);
	assert_int_equal(options.seed, 16);
	assert_int_equal(options.watch_ms, 2000);
	assert_int_equal(options.bufsize, 4096);
	assert_int_equal(read_bits(all, "--color", "-4", "-u", "--watch=0.5",
	                     "--listen", NULL),
	    VERB_GOOD);
	assert_int_equal(options.family, AF_INET);
	assert_int_equal(options.transport, OPTIONS_BY_UDP);
	assert_int_equal(options.color, OPTIONS_COLOR_ALWAYS);
	assert_int_equal(options.watch_ms, 500);
	assert_int_equal(options.listen, 0);
	assert_true(options_has(&options, OPTIONS_LISTEN));
}

static void
test_without_any(void **state)
{
	(void)state;
	assert_int_equal(read_bits(all, NULL), VERB_GOOD);
	assert_true(options.given == 0);
	assert_int_equal(options.family, AF_UNSPEC);
	assert_int_equal(options.transport, OPTIONS_ANY_TRANSPORT);
	assert_int_equal(options.timeout_ms, OPTIONS_TIMEOUT_MS);
	assert_int_equal(options.hex, OPTIONS_HEX_OFF);
	assert_int_equal(options.color, OPTIONS_COLOR_AUTO);
	assert_int_equal(options.watch_ms, 0);
	assert_string_equal(complaint, "");
}

/* What is no option stays, in its order. */
static void
test_other_words_among_options(void **state)
{
	(void)state;
	assert_int_equal(
	    read_bits(all, "a", "-j", "-", "+x", "--", "-s", NULL), VERB_GOOD);
	assert_string_equal(words[0], "a");
	assert_string_equal(words[1], "-");
	assert_string_equal(words[2], "+x");
	assert_string_equal(words[3], "-s");
	assert_null(words[4]);
	assert_true(options.given == OPTIONS_BIT(OPTIONS_JSON));
}

static void
test_wrong_ones(void **state)
{
	(void)state;
	assert_int_equal(read_bits(all, "--none", NULL), VERB_USAGE);
	assert_one_line("netlab: try takes no --none: try netlab help try\n");
	assert_int_equal(read_bits(all, "-jZ", NULL), VERB_USAGE);
	assert_one_line("netlab: try takes no -Z: try netlab help try\n");
	/* Half a name is none, and neither is that of another verb. */
	assert_int_equal(read_bits(all, "--time=1", NULL), VERB_USAGE);
	assert_int_equal(
	    read_bits(OPTIONS_BIT(OPTIONS_JSON), "--hex", NULL), VERB_USAGE);
	assert_int_equal(read_bits(all, "--port", NULL), VERB_USAGE);
	assert_one_line("netlab: --port needs N\n");
	assert_int_equal(read_bits(all, "-jp", NULL), VERB_USAGE);
	assert_int_equal(read_bits(all, "--json=1", NULL), VERB_USAGE);
	assert_one_line("netlab: --json takes no value\n");
	/* Nothing in it steers the terminal. */
	assert_int_equal(read_bits(all, "--\x1b[2J", NULL), VERB_USAGE);
	assert_null(strchr(complaint, '\x1b'));
}

static void
test_numbers_that_are_none(void **state)
{
	static const char *const texts[] = {"--port=", "--port=-1", "--port=+1",
	    "--port= 1", "--port=1x", "--port=0", "--port=0x",
	    "--port=99999999999999999999", "--timeout=", "--timeout=nan",
	    "--timeout=inf", "--timeout=-1", "--timeout=1s", "--timeout=3601",
	    "--watch=", "--watch=0"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (read_bits(all, texts[i], NULL) != VERB_USAGE)
			fail_msg("is taken: %s", texts[i]);
	/* A zero before a number does not make it another. */
	assert_int_equal(read_bits(all, "--port=010", NULL), VERB_GOOD);
	assert_int_equal(options.port, 10);
}

static void
test_headers_until_there_are_too_many(void **state)
{
	struct verb verb = {
	    .name = "try", .options = OPTIONS_BIT(OPTIONS_HEADER)};
	char header[] = "-HA: b", *many[OPTIONS_HEADER_MAX + 2];

	(void)state;
	for (size_t i = 0; i <= OPTIONS_HEADER_MAX; i++)
		many[i] = header;
	many[OPTIONS_HEADER_MAX] = NULL;
	assert_int_equal(options_read(&verb, many, &options), VERB_GOOD);
	assert_int_equal(options.header_count, OPTIONS_HEADER_MAX);
	assert_string_equal(options.headers[OPTIONS_HEADER_MAX - 1], "A: b");
	for (size_t i = 0; i <= OPTIONS_HEADER_MAX; i++)
		many[i] = header;
	many[OPTIONS_HEADER_MAX + 1] = NULL;
	assert_int_equal(read_words(&verb, many), VERB_USAGE);
	assert_one_line("netlab: --header: there may be 32\n");
}

static void
test_too_few_and_too_many_words(void **state)
{
	struct verb verb = {
	    .name = "try",
	    .usage = "NAME",
	    .least = 1,
	    .most = 1,
	    .options = OPTIONS_BIT(OPTIONS_JSON),
	};
	char flag[] = "-j", name[] = "a";

	(void)state;
	words[0] = flag;
	words[1] = NULL;
	assert_int_equal(read_words(&verb, words), VERB_USAGE);
	assert_one_line("netlab: too few arguments: netlab try NAME\n");
	words[0] = words[1] = name;
	words[2] = NULL;
	assert_int_equal(read_words(&verb, words), VERB_USAGE);
	assert_one_line("netlab: too many arguments: netlab try NAME\n");
	verb = (struct verb){.name = "try", .usage = ""};
	assert_int_equal(read_words(&verb, words), VERB_USAGE);
	assert_one_line("netlab: too many arguments: netlab try\n");
}

/* ------------------------------------------------------------- the verbs */

static void
test_no_verb_has_two_options_of_a_letter(void **state)
{
	(void)state;
	for (unsigned i = 0; i < verbs_count; i++) {
		bool is_taken[256] = {false};

		for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++) {
			unsigned char letter =
			    (unsigned char)options_rows[id].letter;

			if ((verbs[i]->options & OPTIONS_BIT(id)) == 0 ||
			    letter == 0)
				continue;
			if (is_taken[letter])
				fail_msg(
				    "%s has -%c twice", verbs[i]->name, letter);
			is_taken[letter] = true;
		}
	}
}

/* Lines of at most 80 columns (of ASCII: no more bytes), all with ends. */
static void
assert_lines(const char *name, const char *text)
{
	assert_non_null(text);
	for (const char *line = text; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len > 80 || line[len] != '\n')
			fail_msg("%s: %.*s", name, (int)len, line);
		line += len + 1;
	}
}

static void
test_each_verb_says_what_it_is(void **state)
{
	(void)state;
	for (unsigned i = 0; i < verbs_count; i++) {
		const struct verb *verb = verbs[i];

		assert_ptr_equal(verbs_find(verb->name), verb);
		assert_non_null(verb->usage);
		assert_non_null(verb->summary);
		assert_lines(verb->name, verb->help);
		assert_lines(verb->name, verb->examples);
		assert_non_null(verb->run);
		assert_true(verb->least <= verb->most);
		assert_true((verb->options & ~all) == 0);
	}
	assert_null(verbs_find(""));
	assert_null(verbs_find("dn"));
}

/* None that no verb takes. */
static void
test_each_option_is_some_verb_s(void **state)
{
	uint64_t taken = 0;

	(void)state;
	for (unsigned i = 0; i < verbs_count; i++)
		taken |= verbs[i]->options;
	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++)
		if ((taken & OPTIONS_BIT(id)) == 0)
			fail_msg("nobody takes --%s", options_rows[id].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_by_its_name),
	    cmocka_unit_test(test_each_by_its_letter),
	    cmocka_unit_test(test_each_with_a_wrong_value_is_one_line),
	    cmocka_unit_test(test_what_is_meant),
	    cmocka_unit_test(test_without_any),
	    cmocka_unit_test(test_other_words_among_options),
	    cmocka_unit_test(test_wrong_ones),
	    cmocka_unit_test(test_numbers_that_are_none),
	    cmocka_unit_test(test_headers_until_there_are_too_many),
	    cmocka_unit_test(test_too_few_and_too_many_words),
	    cmocka_unit_test(test_no_verb_has_two_options_of_a_letter),
	    cmocka_unit_test(test_each_verb_says_what_it_is),
	    cmocka_unit_test(test_each_option_is_some_verb_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
