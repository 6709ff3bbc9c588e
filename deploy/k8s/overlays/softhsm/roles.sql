-- The role that the service is: it owns nothing. Its password comes from its file, by no argument.
\set application_password `cat /run/secrets/chancery/database/password`
create role chancery_app login password :'application_password';
