"""How often someone may do something: counted in the database, by the database's clock."""
