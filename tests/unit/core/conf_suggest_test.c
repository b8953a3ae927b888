/* conf_suggest_test.c — slips of the finger are recognised, other words not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/conf_suggest.h"

#include <string.h>

static void
slips_find_their_word(void **state)
{
	(void)state;
	static const cfg_opt_t options[] = {
	    CFG_STR("listen", NULL, CFGF_NONE),
	    CFG_STR("listing", NULL, CFGF_NONE),
	    CFG_STR("ntp", NULL, CFGF_NONE),
	    CFG_STR("workers", NULL, CFGF_NONE),
	    CFG_STR("a_key_that_is_longer_than_any_other", NULL, CFGF_NONE),
	    CFG_END(),
	};
	static const struct {
		const char *word, *name;
	} cases[] = {
	    {"lisen", "listen"},
	    {"listne", "listen"},
	    {"Listen", "listen"},
	    {"listens", "listen"},
	    {"listin", "listen"},
	    {"lising", "listing"},
	    {"worker", "workers"},
	    {"workres", "workers"},
	    {"npt", "ntp"},
	    {"nttp", "ntp"},
	    {"dns", NULL},
	    {"x", NULL},
	    {"root", NULL},
	    {"something_else", NULL},
	    {"a_key_that_is_longer_than_any_othe", NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name =
		    conf_suggest(options, cases[i].word, strlen(cases[i].word));

		if (cases[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, cases[i].name);
	}
	assert_null(conf_suggest(options, "", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(slips_find_their_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
