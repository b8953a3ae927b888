/*
 * The build puts this before the first line of each *_test.c: the tests of a
 * folder are linked into one program (run.c), and each file's main() is run in
 * a process of its own. For a reader, and for tools, a test file stays a
 * program.
 */
#ifndef UNIT_H
#define UNIT_H

struct unit {
	const char *path; /* tests/unit/core/conf_test.c */
	int (*run)(void);
	struct unit *next;
};

/* Adds UNIT, which it keeps, behind those that are there. Before main(). */
void unit_add(struct unit *unit);

#ifdef UNIT_PATH
#define main unit_main

static int main(void);

static void __attribute__((constructor)) unit_add_this(void)
{
	static struct unit unit = {.path = UNIT_PATH, .run = main};

	unit_add(&unit);
}
#endif

#endif
