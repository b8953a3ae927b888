/* qotd_builtin.h — the quotes that are there without a file. Pure. */
#ifndef NETLAB_SERVICES_QOTD_BUILTIN_H
#define NETLAB_SERVICES_QOTD_BUILTIN_H

/* In the form of such a file (qotd_text.h). */
extern const char qotd_builtin[];

#endif
