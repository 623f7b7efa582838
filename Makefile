.PHONY: demo test check bench drill shell fix
demo test check bench drill shell fix:
	@python3 run.py $@ $(ARGS)
