/* loader_identity.c — whom the daemon becomes. */
#include "loader/loader_identity.h"
#include "core/conf_key.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* Copies TEXT to OUT; what does not fit is a mistake. */
static void
text(struct conf_key key, const char *value, char *out, size_t cap)
{
	if (strlen(value) >= cap)
		conf_error(conf_report(key.conf), conf_file(key.conf),
		    conf_key_line(key), "'%s' is longer than %zu bytes",
		    key.name, cap - 1);
	else
		memcpy(out, value, strlen(value) + 1);
}

static void
group_as_root(const struct conf *conf, struct settings *settings)
{
	const struct conf_key key = {conf, conf_root(conf), "group"};
	const struct group *group = getgrnam(settings->group);

	if (group == NULL)
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key),
		    "there is no group \"%s\" on this machine",
		    settings->group);
	else if (group->gr_gid == 0)
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key),
		    "the group must not be %s: its rights are what is dropped",
		    settings->group);
}

/* The user's own group, by name where it has one. */
static void
primary_group(const struct conf *conf, gid_t gid, struct settings *settings)
{
	const struct conf_key key = {conf, conf_root(conf), "group"};
	const struct group *group = getgrgid(gid);

	if (group == NULL)
		conf_error(conf_report(conf), conf_file(conf), 0,
		    "the group of user \"%s\" has no name: set 'group'",
		    settings->user);
	else
		text(key, group->gr_name, settings->group,
		    sizeof(settings->group));
}

/* As root: the names must exist, and must not be root's. Without root nothing
 * is dropped, so that one file serves for a trial as an ordinary user. */
static void
identity_as_root(const struct conf *conf, struct settings *settings)
{
	const struct conf_key key = {conf, conf_root(conf), "user"};
	const struct passwd *user = getpwnam(settings->user);

	if (user == NULL)
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key),
		    "there is no user \"%s\" on this machine%s", settings->user,
		    conf_key_line(key) == 0 ? ", and 'user' names no other"
		                            : "");
	else if (user->pw_uid == 0)
		conf_error(conf_report(conf), conf_file(conf),
		    conf_key_line(key),
		    "the user must not be %s: its rights are what is dropped",
		    settings->user);
	else if (settings->group[0] == '\0')
		primary_group(conf, user->pw_gid, settings);
	if (settings->group[0] != '\0')
		group_as_root(conf, settings);
}

/* What the user's own group is called is looked up all the same: a master that
 * was root compares it with what it had (master_reload_warn). */
static void
identity_without_root(const struct conf *conf, struct settings *settings)
{
	const struct conf_key key = {conf, conf_root(conf), "group"};
	const struct passwd *user = getpwnam(settings->user);
	const struct group *group =
	    user == NULL ? NULL : getgrgid(user->pw_gid);

	if (settings->group[0] == '\0' && group != NULL)
		text(key, group->gr_name, settings->group,
		    sizeof(settings->group));
}

void
loader_identity_read(const struct conf *conf, struct settings *settings)
{
	cfg_t *root = conf_root(conf);
	const struct conf_key user = {conf, root, "user"};
	const struct conf_key group = {conf, root, "group"};

	text(user, cfg_getstr(root, "user"), settings->user,
	    sizeof(settings->user));
	text(group, cfg_getstr(root, "group"), settings->group,
	    sizeof(settings->group));
	if (geteuid() == 0)
		identity_as_root(conf, settings);
	else
		identity_without_root(conf, settings);
}
