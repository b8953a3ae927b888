/* netlabd.conf(5) has every key of the grammar, in its section, with its
 * default and in an example. */
#include "loader/loader_conf.h"
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Unit tests run in the top folder. */
static const char path[] = "daemon/netlabd.conf.5";

enum { KEY_LINES_MAX = 512, TEXT_MAX = 8192 };

/* Lines ".It Ic KEY ..." that follow one another, and the text behind them. */
struct entry {
	char section[80]; /* of the manual: the last .Sh */
	char heading[1024];
	char text[TEXT_MAX];
};

/* A line of an example. */
struct example {
	char section[80];
	char text[256];
};

static struct entry entries[KEY_LINES_MAX];
static size_t entry_count;
static struct example examples[KEY_LINES_MAX];
static size_t example_count;
static size_t missing;

static void
add(char *out, size_t cap, const char *line)
{
	size_t len = strlen(out);

	assert_true(len + strlen(line) + 2 < cap);
	snprintf(out + len, cap - len, "%s ", line);
}

/* A new entry for a line ".It Ic ...", or one more heading of the last. */
static void
take_heading(const char *line, const char *section, struct entry **entry)
{
	if (*entry == NULL || (*entry)->text[0] != '\0') {
		assert_true(entry_count < KEY_LINES_MAX);
		*entry = &entries[entry_count++];
		snprintf((*entry)->section, sizeof((*entry)->section), "%s",
		    section);
	}
	add((*entry)->heading, sizeof((*entry)->heading), line);
}

static void
take_example(const char *line, const char *section)
{
	struct example *example = &examples[example_count++];

	assert_true(example_count < KEY_LINES_MAX);
	snprintf(example->section, sizeof(example->section), "%s", section);
	snprintf(example->text, sizeof(example->text), "%.250s", line);
}

static int
read_manual(void **state)
{
	char line[1024], section[80] = "";
	bool is_example = false;
	struct entry *entry = NULL;
	FILE *file = fopen(path, "re");

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, ".Sh ", 4) == 0) {
			snprintf(section, sizeof(section), "%.79s", line + 4);
			entry = NULL;
		} else if (strncmp(line, ".Bd -literal", 12) == 0) {
			is_example = true;
		} else if (strcmp(line, ".Ed") == 0) {
			is_example = false;
		} else if (is_example) {
			take_example(line, section);
		} else if (strncmp(line, ".It Ic ", 7) == 0) {
			take_heading(line, section, &entry);
		} else if (entry != NULL) {
			add(entry->text, sizeof(entry->text), line);
		}
	}
	fclose(file);
	return 0;
}

static bool
has_word(const char *text, const char *word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || strchr(letters, at[-1]) == NULL) &&
		    (at[len] == '\0' || strchr(letters, at[len]) == NULL))
			return true;
	return false;
}

/* Whether LINE gives a value to KEY, or opens section KEY. */
static bool
is_use(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	while (at != NULL && at != line && at[-1] != ' ')
		at = strstr(at + 1, key);
	if (at == NULL)
		return false;
	at += strlen(key);
	at += strspn(at, " ");
	return *at == '=' || *at == '{' || *at == '"';
}

/* Whether the manual's SECTION is that of section NAME of the file. */
static bool
is_about(const char *section, const char *name)
{
	if (*name == '\0')
		return strcmp(section, "OUTSIDE OF SECTIONS") == 0;
	return strncmp(section, "SECTION", 7) == 0 && has_word(section, name);
}

static bool
says_default(const cfg_opt_t *option, const char *text)
{
	char number[40];

	if (!has_word(text, "default") && !has_word(text, "defaults") &&
	    !has_word(text, "needs one") && !has_word(text, "Must be given"))
		return false;
	if ((option->flags & CFGF_NODEFAULT) != 0)
		return true;
	switch (option->type) {
	case CFGT_INT:
		snprintf(number, sizeof(number), "%ld", option->def.number);
		return has_word(text, number);
	case CFGT_FLOAT:
		snprintf(number, sizeof(number), "%g", option->def.fpnumber);
		return has_word(text, number);
	case CFGT_BOOL:
		return has_word(text, option->def.boolean ? "true" : "false");
	case CFGT_STR:
		return option->def.string == NULL ||
		       *option->def.string == '\0' ||
		       strstr(text, option->def.string) != NULL;
	case CFGT_SEC:
	case CFGT_NONE:
	case CFGT_FUNC:
	case CFGT_PTR:
	case CFGT_COMMENT:
		break;
	}
	return true;
}

static bool
has_example(const char *section, const char *key)
{
	for (size_t i = 0; i < example_count; i++)
		if (is_about(examples[i].section, section) &&
		    is_use(examples[i].text, key))
			return true;
	return false;
}

static void
complain(const char *section, const cfg_opt_t *option, const char *what)
{
	missing++;
	print_error("%s: section \"%s\": key '%s': %s\n", path, section,
	    option->name, what);
}

static void
check_key(const cfg_opt_t *option, const char *section)
{
	char heading[80];
	bool is_there = false, is_default_said = false;

	snprintf(heading, sizeof(heading), "Ic %s", option->name);
	for (size_t i = 0; i < entry_count; i++) {
		const struct entry *entry = &entries[i];

		if (!is_about(entry->section, section) ||
		    !has_word(entry->heading, heading))
			continue;
		is_there = true;
		is_default_said |= option->type == CFGT_SEC ||
		                   says_default(option, entry->text);
	}
	if (!is_there)
		complain(section, option, "missing");
	else if (!is_default_said)
		complain(section, option, "its default is not told");
	else if (!has_example(section, option->name))
		complain(section, option, "not in any example");
}

/* Keys in a section inside of another stand under the outer one. */
static void
check_section(const cfg_opt_t *options, const char *section)
{
	for (const cfg_opt_t *one = options; one->name != NULL; one++) {
		bool is_outer = *section == '\0' && one->type == CFGT_SEC;

		if (!is_outer)
			check_key(one, section);
		if (one->type == CFGT_SEC)
			check_section(
			    one->subopts, is_outer ? one->name : section);
	}
}

static void
every_key_is_told_with_default_and_example(void **state)
{
	static struct loader_grammar grammar;
	const struct loader_table table = {services, services_count};

	(void)state;
	assert_true(entry_count > 50);
	loader_conf_grammar(&grammar, &table);
	check_section(grammar.top, "");
	assert_int_equal(missing, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_key_is_told_with_default_and_example),
	};

	return cmocka_run_group_tests(tests, read_manual, NULL);
}
