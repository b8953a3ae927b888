/* conf_check_test.c — what libconfuse is given: what is right, on its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/conf_check.h"

#include <string.h>

static cfg_opt_t zone_options[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static cfg_opt_t dns_options[] = {
    CFG_STR_LIST("listen", NULL, CFGF_NODEFAULT),
    CFG_SEC("zone", zone_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};
static cfg_opt_t options[] = {
    CFG_INT("timeout", 5, CFGF_NONE),
    CFG_SEC("dns", dns_options, CFGF_NONE),
    CFG_END(),
};

static void
ignore(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	(void)line;
}

static void
what_is_right_is_handed_on_and_nothing_else(void **state)
{
	(void)state;
	static const struct {
		const char *text, *copy;
	} cases[] = {
	    {"", ""},
	    {"# a\n\ntimeout = 5 # b\n", "\n\ntimeout = 5 "},
	    {"timeout = x\ntimeout = 7\n", ""},
	    {"usr = 5\ntimeout = 7\n", "\ntimeout = 7 "},
	    {"dns {\n listen = { \"a\", # c\n\n 5, \"b\" }\n}\n",
	        "dns { \nlisten = { \"a\" , \n\n\"b\" , } } "},
	    {"dns {\n zone \"a\" {\n file = \"b\" }\n zone c { file = \"d\" } "
	     "}",
	        "dns { \nzone \"a\" { \nfile = \"b\" } } "},
	    {"dns { listen = \"a\" ", "dns { listen = \"a\" } "},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct report report = {.tell = ignore};
		struct conf_checked checked;

		assert_true(conf_check("f", cases[i].text,
		    strlen(cases[i].text), options, &report, &checked));
		assert_string_equal(checked.text, cases[i].copy);
		assert_int_equal(checked.text_len, strlen(cases[i].copy));
		conf_check_release(&checked);
		assert_null(checked.text);
	}
}

static void
places_are_found_by_section_key_and_index(void **state)
{
	(void)state;
	static const char text[] = "dns {\n"
	                           " listen = { \"a\",\n"
	                           "  5,\n"
	                           "  \"b\" }\n"
	                           " zone \"x\" { file = \"y\" }\n"
	                           "}\n";
	struct report report = {.tell = ignore};
	struct conf_checked checked;

	assert_true(
	    conf_check("f", text, strlen(text), options, &report, &checked));
	assert_int_equal(checked.section_count, 3);
	assert_int_equal(checked.sections[2].line, 5);
	assert_int_equal(checked.sections[2].parent, 1);
	assert_int_equal(conf_check_find(&checked, 1, "listen", 0)->line, 2);
	assert_int_equal(conf_check_find(&checked, 1, "listen", 1)->line, 4);
	assert_int_equal(
	    conf_check_find(&checked, 1, "listen", CONF_KEY)->line, 2);
	assert_null(conf_check_find(&checked, 1, "listen", 2));
	assert_null(conf_check_find(&checked, 0, "listen", 0));
	assert_null(conf_check_find(&checked, 1, "file", 0));
	assert_int_equal(conf_check_find(&checked, 2, "file", 0)->line, 5);
	conf_check_release(&checked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_right_is_handed_on_and_nothing_else),
	    cmocka_unit_test(places_are_found_by_section_key_and_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
