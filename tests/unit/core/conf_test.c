/* conf_test.c — every mistake is told, on its line, and the rest is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static cfg_opt_t zone_options[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static cfg_opt_t dns_options[] = {
    CFG_STR_LIST("listen", NULL, CFGF_NODEFAULT),
    CFG_INT("workers", 7, CFGF_NONE),
    CFG_BOOL("strict", cfg_false, CFGF_NONE),
    CFG_SEC("zone", zone_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};
static cfg_opt_t location_options[] = {
    CFG_STR_LIST("headers", NULL, CFGF_NODEFAULT),
    CFG_END(),
};
static cfg_opt_t site_options[] = {
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_SEC("location", location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};
static cfg_opt_t http_options[] = {
    CFG_STR_LIST("listen", NULL, CFGF_NODEFAULT),
    CFG_STR("root", NULL, CFGF_NODEFAULT),
    CFG_SEC("location", location_options, CFGF_MULTI | CFGF_TITLE),
    CFG_SEC("site", site_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};
static cfg_opt_t options[] = {
    CFG_STR("user", "nobody", CFGF_NONE),
    CFG_INT("timeout", 5, CFGF_NONE),
    CFG_SEC("dns", dns_options, CFGF_NONE),
    CFG_SEC("http", http_options, CFGF_NONE),
    CFG_END(),
};

/* What was told, one line each. */
static char told[65536];
static char folder[] = "/tmp/conf_test.XXXXXX";

static void
tell(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	size_t used = strlen(told);

	snprintf(told + used, sizeof(told) - used, "%s\n", line);
}

static void
write_file(const char *text, size_t len)
{
	FILE *file = fopen("f", "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static struct conf *
open_text(const char *text, struct report *report)
{
	told[0] = '\0';
	*report = (struct report){.tell = tell};
	write_file(text, strlen(text));
	return conf_open("f", options, report);
}

struct wrong {
	const char *text;
	const char *lines;
};

static const struct wrong wrongs[] = {
    /* keys */
    {"usr = \"x\"\n", "f:1: unknown key 'usr' (did you mean 'user'?)\n"},
    {"http {\n lisen = { \"a\" }\n}\n",
        "f:2: unknown key 'lisen' in section http (did you mean "
        "'listen'?)\n"},
    {"frobnicate = 5\n", "f:1: unknown key 'frobnicate'\n"},
    {"\n\nhtpt {\n x = 1\n}\nusr = \"a\"\n",
        "f:3: unknown section 'htpt' (did you mean 'http'?)\n"
        "f:6: unknown key 'usr' (did you mean 'user'?)\n"},
    {"http { user = \"x\" }\n",
        "f:1: unknown key 'user' in section http (it belongs outside of "
        "all sections)\n"},
    {"dns { }\ndns2 { a b c }",
        "f:2: unknown section 'dns2' (did you mean 'dns'?)\n"},
    {"user = \"a\"\nuser = \"b\"\n", "f:2: 'user' is already set on line 1\n"},
    {"http { }\ndns { }\nhttp { }\n",
        "f:3: section http is already there on line 1\n"},
    {"dns {\nzone \"a\" { }\nzone \"b\" { }\nzone \"a\" { fle = \"x\" }\n}",
        "f:4: section zone \"a\" is already there on line 2\n"
        "f:4: unknown key 'fle' in section zone (did you mean 'file'?)\n"},
    /* types */
    {"user = 5\n", "f:1: 'user' takes text in double quotes, not '5'\n"},
    {"user = nobody\n",
        "f:1: 'user' takes text in double quotes, not 'nobody'\n"},
    {"user = { \"a\", \"b\" }\ntimeout = x\n",
        "f:1: 'user' takes one value, not a list in braces\n"
        "f:2: 'timeout' takes a whole number, not 'x'\n"},
    {"timeout = \"5\"\n", "f:1: 'timeout' takes a whole number, not \"5\"\n"},
    {"timeout = 5s\n", "f:1: 'timeout' takes a whole number, not '5s'\n"},
    {"timeout = -\n", "f:1: 'timeout' takes a whole number, not '-'\n"},
    {"timeout = 0x10\n", "f:1: 'timeout' takes a whole number, not '0x10'\n"},
    {"timeout = 010\n",
        "f:1: 'timeout' takes a number without leading zeros, not '010'\n"},
    {"timeout = 99999999999999999999\n",
        "f:1: the number '99999999999999999999' for 'timeout' is too "
        "large\n"},
    {"timeout = -99999999999999999999\n",
        "f:1: the number '-99999999999999999999' for 'timeout' is too "
        "small\n"},
    {"dns { strict = maybe }\n",
        "f:1: 'strict' takes true or false, not 'maybe'\n"},
    {"http { listen = {\n \"a\",\n 80,\n \"b\",\n 81 } }\n",
        "f:3: 'listen' takes text in double quotes, not '80'\n"
        "f:5: 'listen' takes text in double quotes, not '81'\n"},
    {"http { listen = { } }\n", "f:1: the list of 'listen' is empty\n"},
    {"http = 5\nhttp = { \"a\" }\n",
        "f:1: 'http' is a section: it is followed by '{', not by '='\n"
        "f:2: 'http' is a section: it is followed by '{', not by '='\n"},
    {"user { x }\n", "f:1: '=' is missing behind 'user'\n"},
    {"http \"x\" { }\n", "f:1: section http takes no name: \"x\"\n"},
    {"dns { zone { } }\n",
        "f:1: section zone wants a name, like zone \"name\" { ... }\n"},
    {"dns { zone x { } }\n",
        "f:1: the name of section zone stands in double quotes, not 'x'\n"},
    /* syntax */
    {"user\ntimeout = 5\n", "f:1: '=' is missing behind 'user'\n"},
    {"http\n", "f:1: '{' is missing behind 'http'\n"},
    {"user = \n", "f:1: the value of 'user' is missing before the end of the "
                  "file\n"},
    {"user =\ntimeout = 6\nusr = 1\n",
        "f:1: the value of 'user' is missing before 'timeout'\n"
        "f:3: unknown key 'usr' (did you mean 'user'?)\n"},
    {"user += \"a\"\n", "f:1: unexpected '+'\n"},
    {"= 5\nusr = 1\n", "f:1: a key should stand here, not '='\n"
                       "f:2: unknown key 'usr' (did you mean 'user'?)\n"},
    {"}\nusr = 1\n", "f:1: a key should stand here, not '}'\n"
                     "f:2: unknown key 'usr' (did you mean 'user'?)\n"},
    {"user = \"a\ntimeout = x\n",
        "f:1: the closing quote is missing on this line: \"a\n"
        "f:2: 'timeout' takes a whole number, not 'x'\n"},
    {"http {\n listen = { \"a }\n root = 5\n}\n",
        "f:2: the closing quote is missing on this line: \"a }\n"
        "f:3: 'root' takes text in double quotes, not '5'\n"},
    {"user = 'a'\n", "f:1: write double quotes, not single ones: 'a'\n"},
    {"user = \"${HOME}\"\n",
        "f:1: '${' is reserved: variables are not expanded in "
        "\"${HOME}\"\n"},
    {"user = \"a\\qb\"\n",
        "f:1: only \\\\, \\\", \\n, \\r and \\t may follow a backslash in "
        "\"a\\qb\"\n"},
    {"user = \"a\001b\"\n", "f:1: a control character in \"a\\x01b\"\n"},
    {"dns { zone ? \"a\" { fle = \"x\" } }\n",
        "f:1: unexpected '?'\n"
        "f:1: unknown key 'fle' in section zone (did you mean 'file'?)\n"},
    {"user + = \"a\"\n", "f:1: unexpected '+'\n"},
    {"\xff\xfe\nusr = 1\n", "f:1: unexpected '\\xff\\xfe'\n"
                            "f:2: unknown key 'usr' (did you mean 'user'?)\n"},
    {"http {\n listen = { \"a\" }\n", "f:1: section http has no closing '}'\n"},
    {"http {\n listen = { \"a\" }\ndns {\n workers = x\n}\n",
        "f:1: section http has no closing '}'\n"
        "f:4: 'workers' takes a whole number, not 'x'\n"},
    {"http {\n location \"/a\" {\n location \"/b\" { }\n root = 5\n}\n",
        "f:2: section location has no closing '}'\n"
        "f:4: 'root' takes text in double quotes, not '5'\n"},
    {"http {\n site \"a\" {\n location \"/b\" {\n site \"c\" { rot = 1 "
     "}\n}\nusr = 1\n",
        "f:3: section location has no closing '}'\n"
        "f:2: section site has no closing '}'\n"
        "f:4: unknown key 'rot' in section site (did you mean 'root'?)\n"
        "f:6: unknown key 'usr' (did you mean 'user'?)\n"},
    {"http {\n location \"/a\" {\n root = \"x\"\n }\n}\n",
        "f:3: unknown key 'root' in section location\n"},
    {"http {\n site \"a\" { location \"/\" { } }\n"
     " site \"b\" { location \"/\" { }\n location \"/\" { } }\n}\n",
        "f:4: section location \"/\" is already there on line 3\n"},
    {"http {\n listen = { \"a\",\n root = \"b\"\n}\n",
        "f:2: the list of 'listen' has no closing '}'\n"},
    {"http {\n listen = { \"a\" \"b\" }\n}\n",
        "f:2: a comma is missing before \"b\" in the list of 'listen'\n"},
    {"http {\n listen = { , \"b\" }\n rot = 1 }\n",
        "f:2: a value is missing before ',' in the list of 'listen'\n"
        "f:3: unknown key 'rot' in section http (did you mean 'root'?)\n"},
    {"http {\n listen = { { \"b\" } }\n rot = 1 }\n",
        "f:2: a value is missing before '{' in the list of 'listen'\n"
        "f:3: unknown key 'rot' in section http (did you mean 'root'?)\n"},
    {"user = \"a\"\n\n/* x\n", "f:3: the comment is never closed that begins "
                               "with '/*'\n"},
};

static void
mistakes_are_told_each_on_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		struct report report;
		struct conf *conf = open_text(wrongs[i].text, &report);
		unsigned lines = 0;

		for (const char *c = wrongs[i].lines; *c != '\0'; c++)
			lines += *c == '\n';
		assert_string_equal(told, wrongs[i].lines);
		assert_int_equal(report.errors, lines);
		assert_non_null(conf);
		conf_close(conf);
	}
}

static void
what_is_right_is_read(void **state)
{
	(void)state;
	struct report report;
	struct conf *conf = open_text("\xef\xbb\xbf# first\r\n"
	                              "user = \"a\\\"b\\\\c\" // rest\r\n"
	                              "timeout = -3 /* and\n"
	                              " more */\n"
	                              "dns {\n"
	                              "  listen = { \"one\", # eins\n"
	                              "     // zwei\n"
	                              "     \"two\", }\n"
	                              "  strict = Yes\n"
	                              "  zone \"x\" {\n"
	                              "     file = \"$x # no comment {\"\n"
	                              "  }\n"
	                              "  zone \"y\" { file = \"Zürich\" }\n"
	                              "}\n"
	                              "http { listen = \"alone\" }\n",
	    &report);

	assert_string_equal(told, "");
	assert_non_null(conf);
	cfg_t *root = conf_root(conf), *dns = cfg_getsec(root, "dns");
	cfg_t *x = cfg_getnsec(dns, "zone", 0),
	      *y = cfg_getnsec(dns, "zone", 1);
	cfg_t *http = cfg_getsec(root, "http");

	assert_string_equal(cfg_getstr(root, "user"), "a\"b\\c");
	assert_int_equal(cfg_getint(root, "timeout"), -3);
	assert_int_equal(cfg_size(dns, "listen"), 2);
	assert_string_equal(cfg_getnstr(dns, "listen", 1), "two");
	assert_int_equal(cfg_getbool(dns, "strict"), cfg_true);
	assert_int_equal(cfg_getint(dns, "workers"), 7);
	assert_int_equal(cfg_size(dns, "zone"), 2);
	assert_string_equal(cfg_title(x), "x");
	assert_string_equal(cfg_getstr(x, "file"), "$x # no comment {");
	assert_string_equal(cfg_getstr(y, "file"), "Zürich");
	assert_int_equal(cfg_size(http, "listen"), 1);
	assert_string_equal(cfg_getstr(http, "listen"), "alone");

	assert_int_equal(conf_line(conf, root, "user", 0), 2);
	assert_int_equal(conf_line(conf, dns, "listen", CONF_KEY), 6);
	assert_int_equal(conf_line(conf, dns, "listen", 0), 6);
	assert_int_equal(conf_line(conf, dns, "listen", 1), 8);
	assert_int_equal(conf_line(conf, dns, "listen", 2), 0);
	assert_int_equal(conf_line(conf, dns, "workers", 0), 0);
	assert_int_equal(conf_line(conf, x, "file", 0), 11);
	assert_int_equal(conf_line(conf, y, "file", 0), 13);
	assert_int_equal(conf_section_line(conf, dns), 5);
	assert_int_equal(conf_section_line(conf, y), 13);
	assert_int_equal(conf_section_line(conf, http), 15);
	conf_close(conf);
}

/* The good values beside a wrong one can still be checked by whoever knows what
 * they mean, and have the right lines. */
static void
what_stands_beside_a_mistake_is_read(void **state)
{
	(void)state;
	struct report report;
	struct conf *conf = open_text("dns {\n"
	                              " listen = {\n"
	                              "  \"one\",\n"
	                              "  2,\n"
	                              "  \"three\"\n"
	                              " }\n"
	                              " zone b { file = \"no\" }\n"
	                              " zone \"c\" { file = \"yes\" }\n"
	                              " workers = many\n"
	                              "}\n"
	                              "dns { workers = 3 }\n",
	    &report);

	assert_non_null(conf);
	assert_int_equal(report.errors, 4);
	cfg_t *dns = cfg_getsec(conf_root(conf), "dns");

	assert_int_equal(cfg_size(dns, "listen"), 2);
	assert_string_equal(cfg_getnstr(dns, "listen", 1), "three");
	assert_int_equal(conf_line(conf, dns, "listen", 1), 5);
	assert_int_equal(cfg_size(dns, "zone"), 1);
	cfg_t *zone = cfg_getnsec(dns, "zone", 0);

	assert_string_equal(cfg_getstr(zone, "file"), "yes");
	assert_int_equal(conf_line(conf, zone, "file", 0), 8);
	assert_int_equal(cfg_getint(dns, "workers"), 7);
	assert_int_equal(conf_line(conf, dns, "workers", 0), 0);
	assert_int_equal(conf_line(conf, dns, "workers", CONF_KEY), 9);
	conf_close(conf);
}

static void
a_section_that_is_absent_has_defaults_and_no_line(void **state)
{
	(void)state;
	struct report report;
	struct conf *conf = open_text("", &report);

	assert_non_null(conf);
	assert_int_equal(report.errors, 0);
	cfg_t *dns = cfg_getsec(conf_root(conf), "dns");

	assert_int_equal(conf_section_line(conf, dns), 0);
	assert_int_equal(conf_line(conf, dns, "workers", 0), 0);
	assert_int_equal(cfg_getint(dns, "workers"), 7);
	conf_close(conf);
}

static void
files_that_are_none_are_refused(void **state)
{
	(void)state;
	struct report report = {.tell = tell};
	static char big[(1 << 20) + 1];

	told[0] = '\0';
	unlink("f");
	assert_null(conf_open("f", options, &report));
	assert_int_equal(mkdir("d", 0755), 0);
	assert_null(conf_open("d", options, &report));
	assert_int_equal(mkfifo("p", 0644), 0);
	assert_null(conf_open("p", options, &report));
	write_file("user = \"a\"\n\nus\0er = \"b\"\n", 23);
	assert_null(conf_open("f", options, &report));
	memset(big, '#', sizeof(big));
	write_file(big, sizeof(big));
	assert_null(conf_open("f", options, &report));
	assert_null(conf_open("", options, &report));
	assert_string_equal(told, "f: No such file or directory\n"
	                          "d: is a directory\n"
	                          "p: is not a regular file\n"
	                          "f:3: is not text: it has a NUL byte\n"
	                          "f: is too large\n"
	                          ": No such file or directory\n");
	assert_int_equal(report.errors, 6);
	rmdir("d");
	unlink("p");
}

static void
a_file_full_of_mistakes_ends_after_a_hundred(void **state)
{
	(void)state;
	struct report report;
	char text[4096] = "";

	for (unsigned i = 0; i < 500; i++)
		memcpy(text + (size_t)i * 6, "x = 1\n", 7);
	struct conf *conf = open_text(text, &report);

	assert_int_equal(report.errors, 101);
	assert_non_null(strstr(told, "f:100: unknown key 'x'\n"
	                             "f:100: too many mistakes: the rest is "
	                             "not checked\n"));
	conf_close(conf);
}

static void
a_line_of_the_report_has_no_control_characters(void **state)
{
	(void)state;
	struct report report = {.tell = tell};

	told[0] = '\0';
	conf_broken(&report, "z", 3, "a%sb", "\n\033[1m\177");
	conf_warning(&report, "z\t", 0, "c");
	assert_string_equal(told, "z:3: a??[1m?b\nz?: c\n");
	assert_int_equal(report.broken, 1);
	assert_int_equal(report.warnings, 1);
}

static void
paths_are_relative_to_the_file(void **state)
{
	(void)state;
	struct report report;
	struct conf *conf = open_text("", &report);
	char path[64], expected[64];

	assert_true(conf_path(conf, "zones/a", path, sizeof(path)));
	snprintf(expected, sizeof(expected), "%s/zones/a", folder);
	assert_string_equal(path, expected);
	assert_true(conf_path(conf, "/etc/a", path, sizeof(path)));
	assert_string_equal(path, "/etc/a");
	assert_false(conf_path(conf, "/etc/a", path, 6));
	assert_true(conf_path(conf, "/etc/a", path, 7));
	conf_close(conf);
}

static int
enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) == -1;
}

static int
leave_folder(void **state)
{
	(void)state;
	unlink("f");
	return chdir("/") == -1 || rmdir(folder) == -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mistakes_are_told_each_on_its_line),
	    cmocka_unit_test(what_is_right_is_read),
	    cmocka_unit_test(what_stands_beside_a_mistake_is_read),
	    cmocka_unit_test(a_section_that_is_absent_has_defaults_and_no_line),
	    cmocka_unit_test(files_that_are_none_are_refused),
	    cmocka_unit_test(a_file_full_of_mistakes_ends_after_a_hundred),
	    cmocka_unit_test(a_line_of_the_report_has_no_control_characters),
	    cmocka_unit_test(paths_are_relative_to_the_file),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
