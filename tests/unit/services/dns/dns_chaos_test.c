/* dns_chaos_test.c — what the server says of itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query_fixture.h"

static void
set(struct dns_settings_text *text, const char *value)
{
	text->len = (uint8_t)strlen(value);
	memcpy(text->bytes, value, strlen(value));
}

static const char *
ask(struct query_fixture *fixture, const char *name, uint16_t qtype,
    unsigned outcome)
{
	struct query query = query_for_class(name, qtype, DNS_CLASS_CH);
	const char *text = query_answer(fixture, &query, outcome);
	const char *line = strchr(text, '\n');

	/* The question's line aside. */
	memmove(fixture->text + (line + 1 - text), strchr(line + 1, '\n') + 1,
	    strlen(strchr(line + 1, '\n') + 1) + 1);
	return text;
}

static void
dns_46_rfc_4892_3_as_configured(void **state)
{
	struct query_fixture *fixture = query_fixture();

	(void)state;
	set(&fixture->settings->version, "netlabd");
	set(&fixture->settings->server, "a");
	assert_string_equal(ask(fixture, "version.bind", DNS_TYPE_TXT, 0),
	    "qr aa NOERROR\n"
	    "answer version.bind. 0 CH TXT 076e65746c616264\n");
	assert_string_equal(ask(fixture, "VERSION.server", DNS_TYPE_TXT, 0),
	    "qr aa NOERROR\n"
	    "answer VERSION.server. 0 CH TXT 076e65746c616264\n");
	assert_string_equal(ask(fixture, "hostname.bind", DNS_TYPE_TXT, 0),
	    "qr aa NOERROR\nanswer hostname.bind. 0 CH TXT 0161\n");
	assert_string_equal(ask(fixture, "id.server", DNS_TYPE_ANY, 0),
	    "qr aa NOERROR\nanswer id.server. 0 CH TXT 0161\n");
}

static void
dns_46_rfc_4892_3_not_configured(void **state)
{
	struct query_fixture *fixture = query_fixture();
	static const char *const names[] = {
	    "version.bind", "version.server", "hostname.bind", "id.server"};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(
		    ask(fixture, names[i], DNS_TYPE_TXT, DNS_OUTCOME_REFUSED),
		    "qr REFUSED\n");
}

static void
dns_46_other_names_and_types(void **state)
{
	struct query_fixture *fixture = query_fixture();
	static const char *const names[] = {"bind", "x.version.bind",
	    "version.bind.example", "authors.bind", "www.example", "."};

	(void)state;
	set(&fixture->settings->version, "netlabd");
	set(&fixture->settings->server, "a");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(
		    ask(fixture, names[i], DNS_TYPE_TXT, DNS_OUTCOME_REFUSED),
		    "qr REFUSED\n");
	for (uint16_t type = 0; type < 260; type++)
		if (type != DNS_TYPE_TXT && type != DNS_TYPE_ANY)
			assert_string_equal(ask(fixture, "version.bind", type,
			                        DNS_OUTCOME_REFUSED),
			    "qr REFUSED\n");
}

/* The longest text in the smallest reply, beside an NSID that leaves it no
 * room. */
static void
dns_46_rfc_2181_9_no_room(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query query =
	    query_for_class("version.bind", DNS_TYPE_TXT, DNS_CLASS_CH);

	(void)state;
	memset(fixture->settings->version.bytes, 'x', 255);
	fixture->settings->version.len = 255;
	query_add_opt(&query, 512, 0);
	query_add_option(&query, DNS_OPTION_NSID, "", 0);
	(void)query_answer(fixture, &query, DNS_OUTCOME_NOERROR);
	assert_true(fixture->reply_len <= 512);
	fixture->settings->nsid.len = 255;
	assert_non_null(strstr(
	    query_answer(fixture, &query, DNS_OUTCOME_TRUNCATED), "qr aa tc"));
	assert_true(fixture->reply_len <= 512);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_46_rfc_4892_3_as_configured),
	    cmocka_unit_test(dns_46_rfc_4892_3_not_configured),
	    cmocka_unit_test(dns_46_other_names_and_types),
	    cmocka_unit_test(dns_46_rfc_2181_9_no_room),
	};

	return cmocka_run_group_tests_name("dns_chaos", tests, NULL, NULL);
}
