/* help.h — what netlab says about itself: made of the table of verbs and that
 * of options. */
#ifndef NETLAB_CLIENT_HELP_H
#define NETLAB_CLIENT_HELP_H

/* `netlab` alone: the verbs, on standard error. Returns VERB_USAGE. */
int help_usage(void);

/* `netlab help [VERB]`: NAMES ends in NULL. Returns VERB_GOOD, or VERB_USAGE
 * and has complained: no such verb. */
int help_print(char **names);

/* `netlab --version`. Returns VERB_GOOD. */
int help_version(void);

#endif
