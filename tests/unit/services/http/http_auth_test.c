/* Credentials (RFC 7617): which are read, which are right, what they cost. The
 * hash of a password is the password with a dollar before it. */
#include "http_ask.h"
#include "services/http/http_auth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct http_user users[] = {
    {{(const uint8_t *)"Aladdin", 7}, "$open sesame"},
    {{(const uint8_t *)"test", 4}, "$123\xc2\xa3"},
    {{(const uint8_t *)"", 0}, "$a:b"},
};
static const struct http_location location = {.users = users, .user_count = 3};

static unsigned checks;
static const char *checked_hash;
static uint64_t cost_us = 10000;

static bool
check(void *context, const char *password, const char *hash, uint64_t *took_us)
{
	(void)context;
	checks++;
	checked_hash = hash;
	*took_us = cost_us;
	return strcmp(password, hash + 1) == 0;
}

static struct http_auth auth;

static int
reset(void **state)
{
	(void)state;
	auth = (struct http_auth){.key = {1, 2}, .check = check};
	http_auth_open(&auth, 1000);
	checks = 0;
	cost_us = 10000;
	return 0;
}

static enum http_login
login_at(const struct http_location *where, const char *value, uint64_t now_ms)
{
	char fields[1024];

	(void)snprintf(fields, sizeof(fields), "Authorization: %s\r\n", value);
	struct http_request request = http_ask_request("GET", fields);

	return http_auth_login(&auth, where, &request, now_ms);
}

static enum http_login
login(const char *value)
{
	return login_at(&location, value, 1000);
}

static void
rfc_7617_2_the_examples_are_known(void **state)
{
	(void)state;
	assert_int_equal(
	    login("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), HTTP_LOGIN_KNOWN);
	assert_int_equal(
	    login("bAsIc   QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), HTTP_LOGIN_KNOWN);
	assert_int_equal(login("Basic dGVzdDoxMjPCow=="), HTTP_LOGIN_KNOWN);
	/* The first colon ends the name, which may be empty. */
	assert_int_equal(login("Basic OmE6Yg=="), HTTP_LOGIN_KNOWN);
}

static void
rfc_7617_2_all_others_are_unknown(void **state)
{
	static const char *const values[] = {
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZA==", /* open sesamd */
	    "Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==", /* aladdin */
	    "Basic QWxhZGRpbg==",                 /* no colon */
	    "Basic QWxhZGRpbjo=",                 /* no password */
	    "Basic", "Basic ", "", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
	    "BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
	    "Basic\tQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=",   /* its padding */
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",    /* none */
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZR==",  /* bits that mean nothing */
	    "Basic QWxhZGRpbjpvcGVu IHNlc2FtZQ==", /* a space in it */
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, Basic x",
	    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQA=", /* NUL behind it */
	    "Basic QWxhZGRpbgA6b3BlbiBzZXNhbWU=", /* NUL in the name */
	    ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\nAuthorization: Basic "
	     "QWxhZGRpbjpvcGVuIHNlc2FtZQ==")};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (login(values[i]) != HTTP_LOGIN_UNKNOWN)
			fail_msg("%s", values[i]);
	struct http_request request = http_ask_request("GET", "");

	assert_int_equal(http_auth_login(&auth, &location, &request, 1000),
	    HTTP_LOGIN_UNKNOWN);
}

static void
too_long_a_pair_is_unknown(void **state)
{
	char value[1024] = "Basic OnFx";

	(void)state;
	for (size_t at = 10; at < 6 + 700; at += 4)
		memcpy(value + at, "eHh4", 5);
	assert_int_equal(login(value), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(checks, 0);
}

static void
what_was_right_is_remembered(void **state)
{
	const char right[] = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
	const uint64_t end_ms = 1000 + HTTP_AUTH_KNOWN_MS;

	(void)state;
	assert_int_equal(login_at(&location, right, 1000), HTTP_LOGIN_KNOWN);
	assert_int_equal(
	    login_at(&location, right, end_ms - 1), HTTP_LOGIN_KNOWN);
	assert_int_equal(checks, 1);
	assert_int_equal(login_at(&location, right, end_ms), HTTP_LOGIN_KNOWN);
	assert_int_equal(checks, 2);
	/* For this line of this file alone. */
	const struct http_user other_user = {
	    users[0].name, "$open sesame, please"};
	const struct http_location other = {
	    .users = &other_user, .user_count = 1};

	assert_int_equal(login_at(&other, right, end_ms), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(checks, 3);
	assert_int_equal(login_at(&location, right, end_ms), HTTP_LOGIN_KNOWN);
	assert_int_equal(checks, 3);
	/* What was wrong is not. */
	assert_int_equal(
	    login("Basic QWxhZGRpbjpvcGVuIHNlc2FtZA=="), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(
	    login("Basic QWxhZGRpbjpvcGVuIHNlc2FtZA=="), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(checks, 5);
}

static void
an_unknown_name_costs_what_a_known_one_does(void **state)
{
	(void)state;
	/* "nobody:open sesame": the first one's password. */
	assert_int_equal(
	    login("Basic bm9ib2R5Om9wZW4gc2VzYW1l"), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(checks, 1);
	assert_ptr_equal(checked_hash, users[0].hash);
	/* And is not remembered as if it had been right. */
	assert_int_equal(
	    login("Basic bm9ib2R5Om9wZW4gc2VzYW1l"), HTTP_LOGIN_UNKNOWN);
	assert_int_equal(checks, 2);
}

static void
guessing_has_its_share_of_the_time(void **state)
{
	const char right[] = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
	const char wrong[] = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZA==";

	(void)state;
	assert_int_equal(login(right), HTTP_LOGIN_KNOWN);
	for (unsigned i = 0; i < 1000; i++)
		(void)login(wrong);
	/* A second of it was saved up. */
	assert_int_equal(checks, HTTP_AUTH_SAVED_US / 10000);
	assert_int_equal(login(wrong), HTTP_LOGIN_BUSY);
	assert_int_equal(login("Basic dGVzdDoxMjPCow=="), HTTP_LOGIN_BUSY);
	/* Who has come before does not notice. */
	assert_int_equal(login(right), HTTP_LOGIN_KNOWN);
	/* From then on, a tenth of the time. */
	checks = 0;
	for (uint64_t now_ms = 1000; now_ms < 21000; now_ms += 7)
		(void)login_at(&location, wrong, now_ms);
	assert_in_range(checks, 195, 205);
	/* A dear one is paid for afterwards. */
	cost_us = 100000;
	checks = 0;
	for (uint64_t now_ms = 21000; now_ms < 41000; now_ms += 7)
		(void)login_at(&location, wrong, now_ms);
	assert_in_range(checks, 19, 22);
}

#define TEST(name) cmocka_unit_test_setup(name, reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(rfc_7617_2_the_examples_are_known),
	    TEST(rfc_7617_2_all_others_are_unknown),
	    TEST(too_long_a_pair_is_unknown),
	    TEST(what_was_right_is_remembered),
	    TEST(an_unknown_name_costs_what_a_known_one_does),
	    TEST(guessing_has_its_share_of_the_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
