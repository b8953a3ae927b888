/* settings.c — what master and workers themselves need of netlabd.conf. */
#include "core/settings.h"

#include <assert.h>

const char *
settings_role_name(enum role role)
{
	static const char *const names[ROLE_COUNT] = {
	    [ROLE_HTTP] = "http",
	    [ROLE_DNS] = "dns",
	    [ROLE_TIME] = "time",
	    [ROLE_LAB] = "lab",
	    [ROLE_CHAT] = "chat",
	};

	assert((unsigned)role < ROLE_COUNT);
	return names[role];
}

enum role
settings_role_home(enum role role)
{
	return role == ROLE_CHAT ? ROLE_LAB : role;
}

const char *
settings_role_section(enum role role)
{
	return settings_role_name(settings_role_home(role));
}

const struct settings *
settings_of(const struct image *image)
{
	struct span part = image_part(image, IMAGE_PART_SETTINGS);

	/* Another size: another version of the program wrote it. */
	if (part.len != sizeof(struct settings))
		return NULL;
	return (const struct settings *)(const void *)part.data;
}
