/* options_take.h — what is typed for an option, as the verbs have it. */
#ifndef NETLAB_CLIENT_OPTIONS_TAKE_H
#define NETLAB_CLIENT_OPTIONS_TAKE_H

#include "client/options.h"

#include <stdbool.h>

/*
 * Sets in OPTIONS what option ID says with VALUE, which is NULL where there is
 * none, and where its row has no argument or one in brackets only; texts are
 * borrowed. Of OPTIONS_HEADER there is room for one more. Returns false where
 * VALUE is not what it may be. The bit of ID is the caller's to set, and all
 * there is to say of the options that have nothing else.
 */
bool options_take(struct options *options, enum options_id id,
    const char *value) __attribute__((warn_unused_result));

#endif
